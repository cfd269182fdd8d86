package io.slipway.communication;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Writes a letter in its two parts. Templates are files of the program, chosen by the kind of the notice; what people typed is only
 * ever a value in them: it is escaped in the one part and plain in the other, and evaluated in neither.
 */
@Component
class MailTemplates {

    private static final Pattern KIND = Pattern.compile("[a-z]{1,30}\\.[A-Za-z]{1,40}");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    private final SpringTemplateEngine html;
    private final SpringTemplateEngine text;
    private final String baseUrl;
    private final CommunicationSettings settings;

    MailTemplates(@Value("${slipway.base-url}") String baseUrl, CommunicationSettings settings) {
        this.html = engine(TemplateMode.HTML, ".html");
        this.text = engine(TemplateMode.TEXT, ".txt");
        this.baseUrl = baseUrl;
        this.settings = settings;
    }

    private static SpringTemplateEngine engine(TemplateMode mode, String suffix) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/mail/");
        resolver.setSuffix(suffix);
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }

    /** The two parts of a mail. */
    record Parts(String text, String html) {}

    /** A letter as its templates read it: times written, addresses whole. */
    record View(
            String subject,
            List<String> paragraphs,
            List<Letter.Line> facts,
            List<Letter.Section> sections,
            List<Letter.Link> links,
            String zone) {}

    /** Writes both parts in the zone of the reader. */
    Parts write(String kind, Letter letter, ZoneId zone) {
        View view = new View(
                letter.subject(),
                letter.paragraphs(),
                lines(letter.facts(), zone),
                letter.sections().stream()
                        .map(section -> new Letter.Section(section.title(), lines(section.lines(), zone)))
                        .toList(),
                letter.links().stream()
                        .map(link -> new Letter.Link(link.label(), baseUrl + link.path()))
                        .toList(),
                zone.getId());
        Context context = new Context(Locale.ENGLISH, Map.of("mail", view));
        String template = template(kind);
        return new Parts(text.process(template, context), html.process(template, context));
    }

    /** The template of exactly this kind, or of its module, or the one for all. */
    private static String template(String kind) {
        if (!KIND.matcher(kind).matches()) {
            return "notice";
        }
        for (String name : List.of(kind, kind.substring(0, kind.indexOf('.')))) {
            if (MailTemplates.class.getResource("/templates/mail/" + name + ".html") != null) {
                return name;
            }
        }
        return "notice";
    }

    private List<Letter.Line> lines(List<Letter.Line> lines, ZoneId zone) {
        List<Letter.Line> written = new ArrayList<>();
        lines.forEach(line -> written.add(new Letter.Line(line.label(), value(line.value(), zone))));
        return written;
    }

    /** A value as the reader reads it: moments in the reader's zone, and at the site where that is another time. */
    String value(String value, ZoneId zone) {
        int stroke = value.indexOf('/');
        if (stroke > 0 && stroke < 40) {
            Instant start = moment(value.substring(0, stroke));
            Instant end = moment(value.substring(stroke + 1));
            return start == null || end == null
                    ? value
                    : local(start, zone) + " to " + local(end, zone) + " " + zone.getId()
                            + (sameTime(start, zone)
                                    ? ""
                                    : " (at the site " + local(start, settings.siteZone()) + " to "
                                            + local(end, settings.siteZone()) + " "
                                            + settings.siteZone().getId() + ")");
        }
        Instant moment = moment(value);
        return moment == null
                ? value
                : local(moment, zone) + " " + zone.getId()
                        + (sameTime(moment, zone)
                                ? ""
                                : " (at the site " + local(moment, settings.siteZone()) + " "
                                        + settings.siteZone().getId() + ")");
    }

    private boolean sameTime(Instant moment, ZoneId zone) {
        return zone.getRules()
                .getOffset(moment)
                .equals(settings.siteZone().getRules().getOffset(moment));
    }

    private static String local(Instant moment, ZoneId zone) {
        return MOMENT.format(moment.atZone(zone));
    }

    private static @org.jspecify.annotations.Nullable Instant moment(String text) {
        if (text.length() < 20 || text.length() > 30 || !text.endsWith("Z")) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException noMoment) {
            return null;
        }
    }
}
