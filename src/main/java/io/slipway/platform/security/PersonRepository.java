package io.slipway.platform.security;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface PersonRepository extends JpaRepository<Person, String> {

    Optional<Person> findByLogin(String login);

    boolean existsByLogin(String login);
}
