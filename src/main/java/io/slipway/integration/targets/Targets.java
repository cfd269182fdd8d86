package io.slipway.integration.targets;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The machines that services run on.
 *
 * <p>Every change names an idempotency key and a fence. The same key again gives the same answer and changes nothing; another
 * request under it is refused. A fence is the number of the lease under which the caller acts: a target (a route, for traffic)
 * refuses a lower one than it has seen. A key may be repeated under a higher fence.
 *
 * <p>All methods throw {@link TargetRefused} when the answer is a definite no, {@link TargetUnavailable} when nothing was
 * changed and a retry may help, and its subclass {@link TargetOutcomeUnknown} when the change may have happened: then
 * {@link #probe} tells.
 */
public interface Targets {

    /** Brings a file to the target; one that is there already is not sent again. */
    void transfer(TransferArtifact artifact, String key, long fence);

    /**
     * Places the transferred files and starts the service. It answers as soon as the process lives: whether the service is well
     * is asked with {@link #check}. A service that already runs with the same content stays as it is. It finds its configuration in
     * the directory that its variable {@code CONFIG_DIR} names.
     */
    ServiceStatus start(StartService service, ConfigurationFiles configuration, String key, long fence);

    /** Starts a service with the configuration that the target has of it, if it has any. */
    default ServiceStatus start(StartService service, String key, long fence) {
        return start(service, ConfigurationFiles.asPlaced(), key, fence);
    }

    /**
     * Lets requests under way end, then stops the service; one that is stopped or unknown is no error. Refused while a route
     * leads to it.
     */
    ServiceStatus stop(StopService service, String key, long fence);

    /**
     * Leads new requests of a route to a running service without losing any; the service that got them before keeps running.
     * Refused when the service does not answer on its port.
     */
    RouteStatus switchTraffic(SwitchTraffic traffic, String key, long fence);

    /** Lets the route lead nowhere: what undoes its first switch. */
    void removeRoute(Route route, String key, long fence);

    /** Lets a target refuse changes under a lower fence from now on; those that it admitted before have ended. Changes nothing else. */
    void bar(String target, long fence);

    /** Lets a route refuse changes under a lower fence from now on; those that it admitted before have ended. Changes nothing else. */
    void bar(Route route, long fence);

    /** What was applied under a key; empty when nothing was. */
    Optional<AppliedEffect> probe(String key);

    /** What is there of a service now; empty when the target does not know it. */
    Optional<ServiceStatus> service(String serviceId);

    /** Where a route leads now; empty when it leads nowhere. */
    Optional<RouteStatus> route(Route route);

    /** The address under which a route is reached, whether it leads somewhere or not. */
    URI addressOf(Route route);

    /**
     * What went through a route in a span of time, by service, the oldest first. Spans without a request are left out, and so is what
     * the target has forgotten: it keeps seconds for an hour and minutes for a day, and begins anew when it is restarted.
     */
    List<TrafficBucket> traffic(Route route, Instant from, Instant to);

    /**
     * Asks the service itself how it is, past all routes. A service that is dead, silent or answers with an error is not
     * healthy; that is an answer, not an exception.
     */
    ServiceHealth check(ServiceCheck check);
}
