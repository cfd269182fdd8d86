package io.slipway.integration.sources;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The repositories in which the source code of the systems is kept. Nothing here writes to a repository.
 *
 * <p>A <em>revision</em> is a tag, a branch or the full id of a commit: 1 to 200 of the characters {@code 0-9A-Za-z._/-}, not
 * beginning with a dash. Whoever needs the same answer tomorrow resolves it once and keeps the id of the commit.
 *
 * <p>Every method throws {@link SourcesRefused} when the system has no repository, the revision is malformed or there is none, and
 * {@link SourcesUnavailable} when the repository cannot be read at the moment.
 */
public interface Sources {

    /** Whether a repository is known for a system. */
    boolean has(String system);

    /** The commit that a revision names now; a tag goes before a branch of the same name. */
    Commit resolve(String system, String revision);

    /**
     * Commits that a revision has and an earlier one has not, newest first: what {@code git log since..until} shows.
     *
     * @param since what is left out, with everything before it
     * @param until what is listed, with everything before it
     * @param limit most commits that are given
     */
    List<Commit> between(String system, String since, String until, int limit);

    /**
     * Commits that lead to a revision, newest first.
     *
     * @param limit most commits that are given
     */
    List<Commit> history(String system, String until, int limit);

    /**
     * Paths of the files of a commit below a folder, in order.
     *
     * @param commit full id of the commit
     * @param folder path in the repository without a slash at its end; empty for all files
     */
    List<String> files(String system, String commit, String folder);

    /**
     * The bytes of a file at a commit.
     *
     * @param commit full id of the commit
     * @param path in the repository, with slashes
     * @param limit most bytes that are taken
     * @throws SourcesRefused when there is no such file, it is a link, or it has more bytes
     */
    byte[] read(String system, String commit, String path, int limit);

    /**
     * Writes the files of a commit below an empty directory, and nothing else: no history, no hooks, no line endings changed.
     *
     * @param commit full id of the commit
     * @param directory exists and is empty
     * @throws SourcesRefused when the directory is not empty, the commit holds a link or another repository, or it is larger than is
     *     allowed; what was written stays for the caller to remove
     */
    void checkOut(String system, String commit, Path directory);

    /**
     * A commit.
     *
     * @param id 40 hexadecimal digits
     * @param author name of the author as the author gave it; nothing vouches for it
     * @param at when it was committed
     * @param message as it was written, at most 10,000 characters
     */
    record Commit(String id, String author, Instant at, String message) {

        /** The first line of the message. */
        public String subject() {
            return message.lines().findFirst().orElse("");
        }
    }
}
