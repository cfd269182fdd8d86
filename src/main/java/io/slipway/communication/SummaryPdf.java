package io.slipway.communication;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import io.slipway.platform.web.ReaderTimes;
import io.slipway.release.Release;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Prints the executive summary. The template is a file of the program; nothing outside of it is ever loaded. */
@Component
public class SummaryPdf {

    /** Comes with the PDF library; has the Latin, Greek and Cyrillic letters that the fonts of every PDF reader lack. */
    private static final String LETTERS = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final SpringTemplateEngine engine;
    private final String baseUrl;

    SummaryPdf(@Value("${slipway.base-url}") String baseUrl) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/print/");
        resolver.setSuffix(".xhtml");
        resolver.setTemplateMode(TemplateMode.XML);
        resolver.setCharacterEncoding("UTF-8");
        this.engine = new SpringTemplateEngine();
        this.engine.setTemplateResolver(resolver);
        this.baseUrl = baseUrl;
    }

    /** The summary as a PDF, with times in the zone of the reader. */
    public byte[] print(Release release, Summary summary, ReaderTimes times, Instant now) {
        Context context = new Context(
                Locale.ENGLISH,
                Map.of(
                        "release", release,
                        "summary", summary,
                        "statements", told(summary, times),
                        "base", baseUrl,
                        "times", times,
                        "now", now));
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        try {
            new PdfRendererBuilder()
                    .withHtmlContent(printable(engine.process("summary", context)), baseUrl)
                    .useUriResolver((base, uri) -> uri.startsWith(baseUrl) ? uri : null)
                    .useFont(() -> PDDocument.class.getResourceAsStream(LETTERS), "Liberation Sans")
                    .withProducer("Slipway")
                    .toStream(pdf)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("The summary of " + release.key() + " cannot be printed", e);
        }
        return pdf.toByteArray();
    }

    /** Characters that XML cannot hold are left out: a person may have typed one. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "");
    }

    /** Sentences with their moments in the zone of the reader. */
    public static java.util.List<Summary.Statement> told(Summary summary, ReaderTimes times) {
        return summary.statements().stream()
                .map(statement -> new Summary.Statement(
                        statement.heading(),
                        statement.heading().equals("Downtime window")
                                        && summary.windowStart().isPresent()
                                        && summary.windowEnd().isPresent()
                                ? windowed(
                                        statement.text(),
                                        summary.windowStart().get(),
                                        summary.windowEnd().get(),
                                        times)
                                : times.told(statement.text()),
                        statement.record(),
                        statement.link()))
                .toList();
    }

    private static String windowed(String text, Instant start, Instant end, ReaderTimes times) {
        String site = times.elsewhere(start) ? "; at the site " + times.site(start, end) + ", " + times.siteZone() : "";
        return text.replace("{start}", times.localStart(start, end))
                .replace("{end}", times.localEnd(start, end) + " (" + times.zone() + site + ")");
    }
}
