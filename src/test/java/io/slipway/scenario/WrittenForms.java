package io.slipway.scenario;

import io.slipway.release.ReleaseAction;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/**
 * The forms of our pages into which people write: found in the templates, so that none is forgotten, met by following links, filled in
 * and sent with their token as a browser does. What is written into a field names the field.
 */
final class WrittenForms {

    /** What a person writes where a text names something, by the field or by form and field; a blank one stays empty. */
    interface Known {

        /** The value, or null where anything may be written. */
        @Nullable String value(String form, String field);
    }

    private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");
    private static final int MOST_PAGES = 120;
    private static final String SHIP = "\uD83D\uDEA2";

    /** Comments may be longer than any other text, and a page has many of them. */
    private static final int LONGEST = 2_000;

    private final Map<String, Pattern> forms = new LinkedHashMap<>();
    private final Set<String> drawn = new TreeSet<>();
    private final Map<String, String> written = new TreeMap<>();
    private final Map<String, String> refusals = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> shown = new TreeSet<>();
    private final Set<String> named = new HashSet<>();
    private final Map<String, Visitor> visitors = new HashMap<>();
    private final Callers callers;
    private final String text;
    private final Known known;
    private int pages;

    WrittenForms(Callers callers, String text, Known known) {
        this.callers = callers;
        this.text = text;
        this.known = known;
        try (Stream<Path> templates = Files.walk(TEMPLATES)) {
            for (Path template :
                    templates.filter(path -> path.toString().endsWith(".html")).toList()) {
                Jsoup.parse(Files.readString(template))
                        .select("form[method=post]")
                        .forEach(this::draw);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void draw(Element form) {
        String action = form.attr("th:action").replaceFirst("^@\\{([^(]*).*}$", "$1");
        List<String> actions = action.endsWith("/{action}")
                ? Arrays.stream(ReleaseAction.values())
                        .map(asked -> action.replace("{action}", asked.path()))
                        .toList()
                : List.of(action);
        for (String each : actions) {
            forms.put(each, Pattern.compile(each.replaceAll("\\{[^}]+}", "[^/]+")));
            texts(form).forEach(field -> drawn.add(each + " " + field.attr("name")));
        }
    }

    private static List<Element> texts(Element form) {
        return form.select("textarea[name], input[name]").stream()
                .filter(field -> field.normalName().equals("textarea")
                        || Set.of("", "text", "search", "url").contains(field.attr("type")))
                .toList();
    }

    /** Form and field of every text that is drawn somewhere. */
    Set<String> drawn() {
        return drawn;
    }

    /** What was written and taken, by form and field. */
    Map<String, String> written() {
        return written;
    }

    /** What was answered last where a form was not taken. */
    Map<String, String> refusals() {
        return refusals;
    }

    /** What must not be: answers that are failures, or refusals that say nothing. */
    List<String> faults() {
        return faults;
    }

    /** Form and field of the texts that were on a page afterwards. */
    Set<String> shown() {
        return shown;
    }

    /** How many pages were looked at. */
    int pages() {
        return pages;
    }

    /** How each text begins that is written into a field; no other begins like it. */
    String beginning(String form, String field) {
        return text + " " + form.replaceAll("^/|\\{[^}]+}/?", "") + " " + field + ". ";
    }

    /** What is written into a field: as much as it takes, so that whatever shortens it has to cut between two signs. */
    String textOf(String form, Element field) {
        String length = field.attr("maxlength");
        return filled(beginning(form, field.attr("name")), length.isEmpty() ? 200 : Integer.parseInt(length));
    }

    /** A text that goes on with ships up to a length; an even or an odd one, as it begins. */
    static String filled(String beginning, int length) {
        return beginning + SHIP.repeat(Math.max(0, (Math.min(length, LONGEST) - beginning.length()) / 2));
    }

    /** Follows every link from these pages in somebody's name, and fills in the forms that come by and are wanted. */
    void meet(String login, List<String> from, Predicate<String> wanted) {
        Visitor visitor = visitors.computeIfAbsent(login, callers::person);
        Deque<String> ahead = new ArrayDeque<>(from);
        Set<String> taken = new HashSet<>();
        while (!ahead.isEmpty() && taken.size() < MOST_PAGES) {
            String path = ahead.poll();
            if (!taken.add(FinishedPages.shape(path))) {
                continue;
            }
            Document page = look(visitor, path);
            page.select("a[href]:not([download])").stream()
                    .map(link -> link.attr("href").replaceAll("[#?].*", ""))
                    .filter(link -> link.startsWith("/") && FinishedPages.isPage(link))
                    .forEach(ahead::add);
            fill(login, visitor, page, wanted);
        }
    }

    /** Opens one page and follows nothing. */
    void meetOn(String login, String path, Predicate<String> wanted) {
        Visitor visitor = visitors.computeIfAbsent(login, callers::person);
        fill(login, visitor, look(visitor, path), wanted);
    }

    private Document look(Visitor visitor, String path) {
        HttpResponse<String> answer = visitor.get(path);
        pages++;
        if (answer.statusCode() >= 500) {
            faults.add(path + " answered " + answer.statusCode());
        }
        if (answer.statusCode() != 200) {
            return new Document("");
        }
        Document page = Jsoup.parse(answer.body());
        seen(page);
        return page;
    }

    private void seen(Document page) {
        String words = page.wholeText() + page.select("[value]").eachAttr("value");
        written.keySet().stream()
                .filter(field -> words.contains(beginning(field.split(" ", 2)[0], field.split(" ", 2)[1])))
                .forEach(shown::add);
    }

    /** Form and field of every text into which anything may be written and nothing was yet. */
    Set<String> missing() {
        return drawn.stream()
                .filter(field -> known.value(field.split(" ", 2)[0], field.split(" ", 2)[1]) == null)
                .filter(field -> !written.containsKey(field))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void fill(String login, Visitor visitor, Document page, Predicate<String> wanted) {
        for (Element each : page.select("form[method=post]")) {
            String form = formOf(each.attr("action"));
            List<Element> texts = texts(each);
            texts.forEach(field -> drawn.add(form + " " + field.attr("name")));
            if (texts.isEmpty() || !wanted.test(form)) {
                continue;
            }
            for (Element field : texts) {
                String name = field.attr("name");
                if (known.value(form, name) != null && named.add(form + " " + name)) {
                    send(login, visitor, each, form, name);
                }
            }
            if (missing().stream().anyMatch(field -> field.startsWith(form + " "))) {
                Document next = send(login, visitor, each, form, "");
                if (missing().stream().noneMatch(field -> field.startsWith(form + " "))) {
                    // Some have a form of their own for what was just entered.
                    fill(login, visitor, next, wanted);
                }
            }
        }
    }

    private String formOf(String action) {
        return forms.entrySet().stream()
                .filter(form -> form.getValue().matcher(action).matches())
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(
                        form -> form.length() - form.replace("{", "").length()))
                .orElse(action);
    }

    /** Sends a form with text wherever it is free, and into one more field, in which it is not; none for an empty name. */
    private Document send(String login, Visitor visitor, Element element, String form, String wrong) {
        Map<String, String> fields = new LinkedHashMap<>();
        ((FormElement) element).formData().forEach(pair -> fields.put(pair.key(), pair.value()));
        element.select("input[type=radio][name]").forEach(radio -> fields.putIfAbsent(radio.attr("name"), radio.val()));
        element.select("button[name]").stream()
                .limit(1)
                .forEach(button -> fields.put(button.attr("name"), button.attr("value")));
        for (Element field : element.select("input[name], select[name], textarea[name]")) {
            String name = field.attr("name");
            String value = known.value(form, name);
            if (value != null) {
                fields.put(name, value);
            } else if (field.normalName().equals("select")
                    && fields.getOrDefault(name, "").isEmpty()) {
                fields.put(
                        name,
                        field.select("option[value]").stream()
                                .map(Element::val)
                                .filter(option -> !option.isEmpty())
                                .findFirst()
                                .orElse(""));
            } else if (field.attr("type").equals("number") && field.val().isEmpty()) {
                fields.put(name, field.attr("min").isEmpty() ? "1" : field.attr("min"));
            }
        }
        Map<String, String> typed = new TreeMap<>();
        for (Element field : texts(element)) {
            String name = field.attr("name");
            if (known.value(form, name) == null || name.equals(wrong)) {
                typed.put(name, textOf(form, field));
            }
        }
        fields.putAll(typed);
        HttpResponse<String> answer = visitor.form(element.attr("action"), fields);
        String what = form + " by " + login + (wrong.isEmpty() ? "" : " with signs in " + wrong);
        Document page;
        if (answer.statusCode() / 100 == 3) {
            String target = answer.headers().firstValue("Location").orElse("");
            page = look(visitor, URI.create(target).getRawPath());
        } else {
            page = Jsoup.parse(answer.body());
        }
        String told = page.select("main [role=alert]:not([hidden]), .note.bad:not([hidden])")
                .text();
        boolean took = answer.statusCode() / 100 == 3 && told.isEmpty();
        if (answer.statusCode() >= 500) {
            faults.add(what + " answered " + answer.statusCode());
        } else if (!took && told.isEmpty() && page.text().length() < 40) {
            faults.add(what + " was refused without a word: " + answer.statusCode());
        }
        if (took) {
            typed.forEach((name, value) -> written.put(form + " " + name, value));
            seen(page);
        } else {
            refusals.put(
                    form + (wrong.isEmpty() ? "" : " " + wrong),
                    login + ": " + answer.statusCode() + " "
                            + (told.isEmpty() ? page.select("main").text() : told));
        }
        return page;
    }
}
