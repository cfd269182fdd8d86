package io.slipway.deployment;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface DeploymentRepository extends JpaRepository<Deployment, Long> {

    List<Deployment> findByBusinessKeyOrderById(String businessKey);

    List<Deployment> findByBusinessKeyAndEnvironmentOrderById(String businessKey, String environment);

    Optional<Deployment> findFirstByBusinessKeyAndEnvironmentOrderByIdDesc(String businessKey, String environment);

    List<Deployment> findBySystemAndEnvironmentAndState(String system, String environment, Deployment.State state);
}
