package io.slipway.platform.http;

import java.util.Locale;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.camunda.connect.httpclient.impl.HttpConnectorImpl;
import org.camunda.connect.spi.ConnectorConfigurator;

/**
 * Guards Camunda Connect's HTTP connector, whoever uses it: our adapters and connector tasks in models alike.
 *
 * <p>Connect finds this class through {@code META-INF/services} and makes it itself, so the settings are read at each request
 * from where {@link OutboundHttp} puts them.
 */
public final class GuardedConnector implements ConnectorConfigurator<HttpConnectorImpl> {

    private static final int MAXIMUM_CONNECTIONS = 40;
    private static final int MAXIMUM_CONNECTIONS_PER_HOST = 20;

    private static volatile HttpSettings settings = HttpSettings.defaults();

    static void use(HttpSettings newSettings) {
        settings = newSettings;
    }

    static HttpSettings settings() {
        return settings;
    }

    @Override
    public Class<HttpConnectorImpl> getConnectorClass() {
        return HttpConnectorImpl.class;
    }

    @Override
    public void configure(HttpConnectorImpl connector) {
        connector.setHttpClient(client());
        // The connector puts a fresh configuration on each request, which hides the client's default: it is completed
        // here.
        connector.addRequestInterceptor(invocation -> {
            HttpRequestBase request = (HttpRequestBase) invocation.getTarget();
            request.setConfig(bounded(request.getConfig()));
            return invocation.proceed();
        });
    }

    private static CloseableHttpClient client() {
        return HttpClients.custom()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setMaxConnTotal(MAXIMUM_CONNECTIONS)
                .setMaxConnPerRoute(MAXIMUM_CONNECTIONS_PER_HOST)
                .addInterceptorFirst((org.apache.http.HttpRequestInterceptor) (request, context) -> {
                    HttpHost host = HttpClientContext.adapt(context).getTargetHost();
                    if (host == null
                            || !settings.allowedHosts()
                                    .contains(host.getHostName().toLowerCase(Locale.ROOT))) {
                        throw new HostNotAllowed(host == null ? "an unknown host" : host.getHostName());
                    }
                })
                .addInterceptorLast((org.apache.http.HttpResponseInterceptor) (response, context) -> {
                    if (response.getEntity() != null) {
                        response.setEntity(new BoundedEntity(response.getEntity(), settings.maxResponseBytes()));
                    }
                })
                .build();
    }

    /** The configuration with our bounds wherever the exchange did not ask for its own. */
    static RequestConfig bounded(RequestConfig asked) {
        HttpSettings bounds = settings;
        int connect = Math.toIntExact(bounds.connectTimeout().toMillis());
        int read = Math.toIntExact(bounds.readTimeout().toMillis());
        return RequestConfig.copy(asked)
                .setConnectTimeout(asked.getConnectTimeout() > 0 ? asked.getConnectTimeout() : connect)
                .setConnectionRequestTimeout(
                        asked.getConnectionRequestTimeout() > 0 ? asked.getConnectionRequestTimeout() : connect)
                .setSocketTimeout(asked.getSocketTimeout() > 0 ? asked.getSocketTimeout() : read)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .build();
    }
}
