package io.slipway.platform.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.impl.client.CloseableHttpClient;
import org.camunda.commons.utils.IoUtilException;
import org.camunda.connect.ConnectorException;
import org.camunda.connect.Connectors;
import org.camunda.connect.httpclient.HttpConnector;
import org.camunda.connect.httpclient.HttpRequest;
import org.camunda.connect.httpclient.HttpResponse;
import org.camunda.connect.httpclient.impl.HttpConnectorImpl;
import org.camunda.connect.spi.Connector;
import org.camunda.connect.spi.ConnectorRequest;

/**
 * How adapters reach the outside world: JSON through {@link #connector()} and {@link #exchange}, byte streams through {@link #client()}, both the same
 * guarded client.
 */
public final class OutboundHttp {

    private static final List<Class<? extends Exception>> BEFORE_SENDING = List.of(
            ConnectException.class,
            ConnectTimeoutException.class,
            UnknownHostException.class,
            NoRouteToHostException.class,
            HostNotAllowed.class);

    /** Makes the settings those of every exchange in this process, connector tasks in models included. */
    public OutboundHttp(HttpSettings settings) {
        GuardedConnector.use(settings);
    }

    /** Camunda Connect's HTTP connector. Time-outs of one exchange: {@code configOption("socket-timeout", millis)}. */
    public HttpConnector connector() {
        return guarded();
    }

    /**
     * What was answered, whatever the status.
     *
     * @param body empty when there was none
     */
    public record Answer(int status, String body) {

        /** Whether the status is from 200 to 299. */
        public boolean successful() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Executes a request of the {@link #connector()} and reads the whole answer.
     *
     * @throws IOException when there was no answer or it could not be read, with the reason in one sentence; Connect itself
     *     throws unchecked exceptions without a common parent for the one and the other
     */
    public Answer exchange(HttpRequest request) throws IOException {
        try {
            HttpResponse response = request.execute();
            String body = response.getResponse();
            return new Answer(response.getStatusCode(), body == null ? "" : body);
        } catch (ConnectorException | IoUtilException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String reason = root.getMessage();
            throw new IOException(root.getClass().getSimpleName() + (reason == null ? "" : " (" + reason + ")"), e);
        }
    }

    /** The client behind the connector, for bodies that are streamed; requests need {@link #streaming}. */
    public CloseableHttpClient client() {
        return guarded().getHttpClient();
    }

    /**
     * The configuration of a streamed request.
     *
     * @param readTimeout longest silence of the other side
     */
    public RequestConfig streaming(Duration readTimeout) {
        return GuardedConnector.bounded(RequestConfig.custom()
                .setSocketTimeout(Math.toIntExact(readTimeout.toMillis()))
                .setExpectContinueEnabled(true)
                .build());
    }

    /**
     * Whether the exchange failed before anything was sent, so that nothing can have happened on the other side. Of any other
     * failure the outcome is unknown.
     */
    public static boolean failedBeforeSending(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<? extends Exception> type : BEFORE_SENDING) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static HttpConnectorImpl guarded() {
        Connector<? extends ConnectorRequest<?>> connector = Connectors.http();
        return (HttpConnectorImpl) connector;
    }
}
