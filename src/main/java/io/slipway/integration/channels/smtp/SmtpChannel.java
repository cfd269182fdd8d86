package io.slipway.integration.channels.smtp;

import io.slipway.integration.channels.Mail;
import io.slipway.integration.channels.MailChannel;
import io.slipway.integration.channels.MailRefused;
import io.slipway.integration.channels.MailUnavailable;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Primary;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Hands mails to the server that {@code spring.mail.host} names; wherever one is named it is the way that mails go. */
@Component
@Primary
@ConditionalOnProperty("spring.mail.host")
class SmtpChannel implements MailChannel {

    private final JavaMailSender sender;
    private final Clock clock;

    SmtpChannel(JavaMailSender sender, Clock clock) {
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean needsAddress() {
        return true;
    }

    @Override
    public void send(Mail mail) {
        try {
            sender.send(written(mail));
        } catch (MailParseException e) {
            throw new MailRefused("The mail cannot be written: " + e.getMessage(), e);
        } catch (MailSendException e) {
            if (refused(e)) {
                throw new MailRefused("The mail server does not take mails to this address.", e);
            }
            throw new MailUnavailable("The mail server did not take the mail.", e);
        } catch (MailException e) {
            throw new MailUnavailable("The mail server could not be asked.", e);
        } catch (MessagingException e) {
            throw new MailRefused("The mail cannot be written: " + e.getMessage(), e);
        }
    }

    /** A server that does not know the address, and not one that is busy or gone. */
    private static boolean refused(MailSendException failed) {
        for (Exception cause : failed.getMessageExceptions()) {
            if (cause instanceof SendFailedException addresses
                    && addresses.getInvalidAddresses() != null
                    && addresses.getInvalidAddresses().length > 0) {
                return true;
            }
        }
        return false;
    }

    private MimeMessage written(Mail mail) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        message.setFrom(new InternetAddress(mail.from()));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(mail.to()));
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Message-ID", "<" + mail.messageId() + ">");
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(mail.text(), StandardCharsets.UTF_8.name(), "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        return message;
    }
}
