package io.slipway.release;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface Environments extends JpaRepository<Environment, Environment.Id> {

    List<Environment> findByIdSystemOrderByPosition(String system);
}
