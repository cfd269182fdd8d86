package io.slipway.integration.sources;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class GitSourcesTest extends SourcesContract {

    private Git git;
    private Instant next = FIRST;

    @BeforeEach
    void openRepository() throws GitAPIException {
        git = Git.init()
                .setBare(true)
                .setGitDir(directory.resolve("repository").toFile())
                .setInitialBranch("main")
                .call();
    }

    @AfterEach
    void closeRepository() {
        git.close();
    }

    @Override
    Sources sources() {
        return sources(directory.resolve("repository"), 100, 1_000);
    }

    private static Sources sources(Path repository, int files, long bytes) {
        return new GitSources(
                new SourcesConfiguration.Settings(Map.of(SYSTEM, repository), files, DataSize.ofBytes(bytes)));
    }

    @Override
    String commit(String author, String message, Map<String, String> files) throws IOException {
        try (ObjectInserter objects = git.getRepository().newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder entries = index.builder();
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                boolean link = file.getKey().endsWith("@");
                DirCacheEntry entry = new DirCacheEntry(
                        link ? file.getKey().substring(0, file.getKey().length() - 1) : file.getKey());
                entry.setFileMode(link ? FileMode.SYMLINK : FileMode.REGULAR_FILE);
                entry.setObjectId(
                        objects.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
                entries.add(entry);
            }
            entries.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(objects));
            ObjectId head = git.getRepository().resolve("refs/heads/main");
            if (head != null) {
                commit.setParentId(head);
            }
            PersonIdent ident = new PersonIdent(author, author + "@bookshop.example", next, ZoneOffset.UTC);
            next = next.plus(Duration.ofDays(1));
            commit.setAuthor(ident);
            commit.setCommitter(ident);
            commit.setMessage(message);
            ObjectId id = objects.insert(commit);
            objects.flush();
            point("refs/heads/main", id);
            return id.name();
        }
    }

    @Override
    void tag(String name, String commit) throws IOException {
        point("refs/tags/" + name, ObjectId.fromString(commit));
    }

    private void point(String ref, ObjectId id) throws IOException {
        RefUpdate update = git.getRepository().updateRef(ref);
        update.setNewObjectId(id);
        update.setForceUpdate(true);
        update.update();
    }

    @Test
    void checksOutNoMoreThanIsAllowed() throws IOException {
        String commit = commit("Dora", "One", Map.of("a", "1234", "b", "5678"));
        Path repository = directory.resolve("repository");

        refused(
                () -> sources(repository, 100, 7)
                        .checkOut(SYSTEM, commit, Files.createDirectory(directory.resolve("bytes"))),
                "more than 7 bytes");
        refused(
                () -> sources(repository, 1, 1_000)
                        .checkOut(SYSTEM, commit, Files.createDirectory(directory.resolve("files"))),
                "more than 1 files");
    }

    @Test
    void saysWhenTheRepositoryIsNotThere() {
        assertThatExceptionOfType(SourcesUnavailable.class)
                .isThrownBy(() -> sources(directory.resolve("gone"), 10, 10).resolve(SYSTEM, "main"))
                .withMessageContaining("cannot be read");
    }
}
