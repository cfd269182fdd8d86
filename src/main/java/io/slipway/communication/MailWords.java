package io.slipway.communication;

import org.springframework.stereotype.Component;

/** What readers are told instead of the names of audiences and channels. */
@Component("mailWords")
public class MailWords {

    private final CommunicationSettings settings;

    MailWords(CommunicationSettings settings) {
        this.settings = settings;
    }

    /** The label of an audience; the name of one that is set no more. */
    public String audience(String name) {
        CommunicationSettings.AudienceSettings known = settings.audiences().get(name);
        return known == null ? name : known.label();
    }

    /** How a message went. */
    public String channel(String name) {
        return name.equals("outbox") ? "kept here, no mail server" : "by " + name;
    }
}
