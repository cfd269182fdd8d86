package io.slipway.packaging.configuration;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A file with places for values, written {@code ${name}}. Nothing else is understood: a name is looked up as it stands and never
 * evaluated, a value is put in as it is and never read again for further names, and a doubled dollar keeps the place as it stands.
 *
 * @param file name of the file
 */
record Template(String file, String text) {

    private static final int LONGEST_NAME = 100;

    /** The name under which the filled-in file is placed: without what marks it as a template, relative to the configuration. */
    String placed() {
        int inArchive = file.indexOf("!config/");
        String name =
                inArchive < 0 ? file.substring(file.indexOf('!') + 1) : file.substring(inArchive + "!config/".length());
        return name.endsWith(".template") ? name.substring(0, name.length() - ".template".length()) : name;
    }

    /** Names that are asked for. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        filled(name -> {
            names.add(name);
            return "";
        });
        return names;
    }

    /** The text with all values put in; a name without value stays as it stands. */
    String filled(Map<String, String> values) {
        return filled(name -> values.getOrDefault(name, "${" + name + "}"));
    }

    private String filled(Function<String, String> values) {
        StringBuilder filled = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int start = text.indexOf("${", at);
            if (start < 0) {
                break;
            }
            int end = text.indexOf('}', start);
            boolean escaped = start > at && text.charAt(start - 1) == '$';
            String name = end < 0 ? "" : text.substring(start + 2, end);
            if (escaped) {
                filled.append(text, at, start - 1).append("${");
                at = start + 2;
            } else if (named(name)) {
                filled.append(text, at, start).append(values.apply(name));
                at = end + 1;
            } else {
                filled.append(text, at, start + 2);
                at = start + 2;
            }
        }
        return filled.append(text, at, text.length()).toString();
    }

    /** Whether a text can be the name of a value. */
    static boolean named(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !letter(name.charAt(0))) {
            return false;
        }
        return name.chars().allMatch(character -> letter((char) character) || sign((char) character));
    }

    private static boolean letter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean sign(char character) {
        return (character >= '0' && character <= '9') || character == '.' || character == '-' || character == '_';
    }
}
