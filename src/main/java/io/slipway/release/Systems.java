package io.slipway.release;

import org.springframework.data.jpa.repository.JpaRepository;

interface Systems extends JpaRepository<ManagedSystem, String> {}
