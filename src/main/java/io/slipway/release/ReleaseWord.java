package io.slipway.release;

import io.slipway.platform.text.Beginning;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Persistable;

/**
 * A word by which a release is found: its key, and every word of key and title in lower case. Key and title never change, so that the
 * words are written once.
 */
@Entity
@Table(name = "release_word")
class ReleaseWord implements Persistable<ReleaseWord.Id> {

    private static final int LONGEST = 64;

    @Embeddable
    record Id(
            @Column(name = "word") String word,
            @Column(name = "release_id") UUID release) {}

    @EmbeddedId
    private Id id;

    @Transient
    private boolean added;

    @SuppressWarnings("NullAway.Init")
    protected ReleaseWord() {}

    private ReleaseWord(Id id) {
        this.id = id;
        this.added = true;
    }

    /** The words of a release. */
    static List<ReleaseWord> of(Release release) {
        Set<String> words = new LinkedHashSet<>();
        words.add(cut(release.key().toLowerCase(Locale.ROOT)));
        words.addAll(in(release.key().replace('-', ' ')));
        words.addAll(in(release.title()));
        return words.stream()
                .map(word -> new ReleaseWord(new Id(word, release.id().value())))
                .toList();
    }

    /** The words of a text in lower case, each at most as long as is kept. */
    static List<String> in(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s,;:!?()\\[\\]\"'/]+"))
                .filter(word -> !word.isBlank())
                .map(ReleaseWord::cut)
                .distinct()
                .toList();
    }

    private static String cut(String word) {
        return Beginning.of(word, LONGEST);
    }

    @Override
    public Id getId() {
        return id;
    }

    /** Known to be new where it was made here: asking the database for each word first would be wasted. */
    @Override
    public boolean isNew() {
        return added;
    }
}
