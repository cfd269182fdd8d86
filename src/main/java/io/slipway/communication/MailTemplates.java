package io.slipway.communication;

import io.slipway.platform.time.Moments;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private final SpringTemplateEngine html;
    private final SpringTemplateEngine text;
    private final String baseUrl;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    MailTemplates(@Value("${slipway.base-url}") String baseUrl) {
        this.html = engine(TemplateMode.HTML, ".html");
        this.text = engine(TemplateMode.TEXT, ".txt");
        this.baseUrl = baseUrl;
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

    /**
     * What tells mails of one module from others.
     *
     * @param colour of the line above them
     * @param because why their reader has them, as the rest of a sentence
     */
    record Look(String colour, String because) {}

    private static final Look USUAL = new Look("#4a5568", "it concerns a role that you hold");
    private static final Map<String, Look> LOOKS = Map.of(
            "task", new Look("#b7791f", "you hold a role that this task is for, or stand in for it"),
            "release", new Look("#2b6cb0", "you hear of the moments of this release"));

    /** The two parts of a mail. */
    record Parts(String text, String html) {}

    /** A letter as its templates read it: times written, addresses whole; the zone is a half-sentence about both zones. */
    record View(
            String subject,
            List<String> paragraphs,
            List<Letter.Line> facts,
            List<Letter.Section> sections,
            List<Letter.Link> links,
            String zone,
            Look look) {}

    /** Writes both parts, with every moment in the zone of the reader and in that of the site. */
    Parts write(String kind, Letter letter, ZoneId zone, ZoneId site) {
        View view = new View(
                letter.subject(),
                letter.paragraphs().stream()
                        .map(paragraph -> Moments.told(paragraph, zone, site))
                        .toList(),
                lines(letter.facts(), zone, site),
                letter.sections().stream()
                        .map(section -> new Letter.Section(section.title(), lines(section.lines(), zone, site)))
                        .toList(),
                letter.links().stream()
                        .map(link -> new Letter.Link(link.label(), baseUrl + link.path()))
                        .toList(),
                zone.equals(site)
                        ? Moments.name(zone) + ", your zone and that of the site"
                        : Moments.name(zone) + ", your zone; the site is in " + Moments.name(site),
                LOOKS.getOrDefault(module(kind), USUAL));
        Context context = new Context(Locale.ENGLISH, Map.of("mail", view));
        // Looking for a file in all jars costs as much as writing the mail.
        String template = names.computeIfAbsent(kind, MailTemplates::template);
        return new Parts(text.process(template, context), html.process(template, context));
    }

    private static String module(String kind) {
        return kind.contains(".") ? kind.substring(0, kind.indexOf('.')) : kind;
    }

    /** The template of exactly this kind, or of its module, or the one for all. */
    private static String template(String kind) {
        if (!KIND.matcher(kind).matches()) {
            return "notice";
        }
        for (String name : List.of(kind, module(kind))) {
            if (MailTemplates.class.getResource("/templates/mail/" + name + ".html") != null) {
                return name;
            }
        }
        return "notice";
    }

    private static List<Letter.Line> lines(List<Letter.Line> lines, ZoneId zone, ZoneId site) {
        return lines.stream()
                .map(line ->
                        new Letter.Line(Moments.told(line.label(), zone, site), Moments.told(line.value(), zone, site)))
                .toList();
    }
}
