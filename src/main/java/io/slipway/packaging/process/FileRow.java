package io.slipway.packaging.process;

import io.slipway.packaging.HandedInFile;
import java.util.Locale;

/** A line of the table of files in a form. */
record FileRow(String name, String size, String sha256) {

    static FileRow of(HandedInFile file) {
        return new FileRow(file.name(), String.format(Locale.ROOT, "%,d bytes", file.size()), file.sha256());
    }
}
