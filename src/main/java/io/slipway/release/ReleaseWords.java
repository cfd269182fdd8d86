package io.slipway.release;

import org.springframework.data.jpa.repository.JpaRepository;

interface ReleaseWords extends JpaRepository<ReleaseWord, ReleaseWord.Id> {}
