package io.slipway.platform.nodes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What people call this node; the same after a restart. */
@Component
public class NodeName {

    private static final int LONGEST = 100;

    private final String value;

    @Autowired
    NodeName(NodeSettings settings, @Value("${server.port:0}") String port) {
        this(settings.name() == null || settings.name().isBlank() ? machine() + ":" + port : settings.name());
    }

    NodeName(String called) {
        String name = called.strip();
        this.value = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }

    /** The name. */
    public String value() {
        return value;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name in its own tables is still one machine.
            return "localhost";
        }
    }
}
