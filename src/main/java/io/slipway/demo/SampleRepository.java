package io.slipway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The git repository of the sample service: bare, branch {@code main}, one commit for each scope item, one tag for each version.
 *
 * <p>Authors and dates are fixed, so that every demo has the same commit ids.
 */
public final class SampleRepository {

    private static final String BRANCH = Constants.R_HEADS + "main";

    /** Those who wrote the sample, in turn. */
    private static final List<PersonIdent> AUTHORS = List.of(
            new PersonIdent("Dora Devlin", "dora.devlin@storefront.example"),
            new PersonIdent("Ravi Sharma", "ravi.sharma@storefront.example"));

    private static final Instant FIRST_COMMIT = Instant.parse("2026-01-12T09:00:00Z");
    private static final Duration BETWEEN_COMMITS = Duration.ofDays(1);

    private final Path directory;

    /**
     * Names the place; nothing is created yet.
     *
     * @param dataDirectory the application's data directory
     */
    public SampleRepository(Path dataDirectory) {
        this.directory =
                dataDirectory.toAbsolutePath().normalize().resolve("demo").resolve("repository");
    }

    /** Where the repository is, or will be. */
    public Path directory() {
        return directory;
    }

    /**
     * Creates the repository, or leaves the one that is there as it is.
     *
     * @return its directory
     * @throws IllegalStateException if something else is in its place
     * @throws UncheckedIOException if it cannot be written
     */
    public synchronized Path prepare() {
        try {
            if (!Files.exists(directory)) {
                create();
            }
            for (String version : SampleRelease.VERSIONS) {
                commitOf(version);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("The sample's repository cannot be prepared in " + directory + ".", e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("The sample's repository cannot be created in " + directory + ".", e);
        }
    }

    /**
     * The id of the commit that a version was tagged at.
     *
     * @throws IllegalStateException if the repository has no such tag
     */
    String commitOf(String version) throws IOException {
        try (Repository repository = open()) {
            return commit(repository, version).name();
        }
    }

    /** Writes the files of a version below a directory that is empty. */
    void checkOut(String version, Path target) throws IOException {
        try (Repository repository = open();
                RevWalk commits = new RevWalk(repository);
                TreeWalk files = new TreeWalk(repository)) {
            files.addTree(commits.parseCommit(commit(repository, version)).getTree());
            files.setRecursive(true);
            while (files.next()) {
                Path file = target.resolve(files.getPathString()).normalize();
                // A link, or a path that leads elsewhere, could make a build read or write outside its directory.
                if (!FileMode.REGULAR_FILE.equals(files.getRawMode(0)) || !file.startsWith(target)) {
                    throw new IllegalStateException(
                            "The sample's repository holds \"" + files.getPathString() + "\", which is no plain file.");
                }
                Files.createDirectories(file.resolveSibling("."));
                ObjectLoader content = repository.open(files.getObjectId(0), Constants.OBJ_BLOB);
                Files.write(file, content.getBytes());
            }
        }
    }

    private ObjectId commit(Repository repository, String version) throws IOException {
        ObjectId commit = repository.resolve(Constants.R_TAGS + "v" + version + "^{commit}");
        if (commit == null) {
            throw new IllegalStateException("%s is not the complete repository of the sample: tag v%s is missing. "
                            .formatted(directory, version)
                    + "Move the directory away; the next start of the demo creates it anew.");
        }
        return commit;
    }

    private Repository open() throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
    }

    /** Creates all of it beside its place and moves it there, so that a start that was cut short leaves no half of it. */
    private void create() throws IOException, GitAPIException {
        Path draft = directory.resolveSibling("repository.draft");
        FileSystemUtils.deleteRecursively(draft);
        Files.createDirectories(draft);
        try (Git git = Git.init()
                        .setBare(true)
                        .setGitDir(draft.toFile())
                        .setInitialBranch("main")
                        .call();
                ObjectInserter objects = git.getRepository().newObjectInserter()) {
            History history = new History(git.getRepository(), objects);
            for (SampleRelease release : SampleRelease.all()) {
                for (SampleItem item : release.items()) {
                    history.commit(item, release.files(item));
                }
                history.tag(release);
            }
            history.branch();
        }
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes commit after commit; what one item leaves untouched stays as the items before it left it. */
    private static final class History {

        private final Repository repository;
        private final ObjectInserter objects;
        private final Map<String, ObjectId> files = new TreeMap<>();
        private @Nullable ObjectId head;
        private int commits;

        History(Repository repository, ObjectInserter objects) {
            this.repository = repository;
            this.objects = objects;
        }

        void commit(SampleItem item, Map<String, byte[]> changed) throws IOException {
            if (changed.isEmpty()) {
                throw new IllegalStateException("The sample has no sources for item " + item.key() + ".");
            }
            for (Map.Entry<String, byte[]> file : changed.entrySet()) {
                files.put(file.getKey(), objects.insert(Constants.OBJ_BLOB, file.getValue()));
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree());
            if (head != null) {
                commit.setParentId(head);
            }
            commit.setAuthor(author());
            commit.setCommitter(author());
            commit.setEncoding(StandardCharsets.UTF_8);
            commit.setMessage(item.key() + " " + item.title() + "\n");
            head = objects.insert(commit);
            commits++;
        }

        void tag(SampleRelease release) throws IOException {
            TagBuilder tag = new TagBuilder();
            tag.setTag(release.tag());
            tag.setObjectId(head, Constants.OBJ_COMMIT);
            tag.setTagger(author());
            tag.setMessage("Storefront " + release.version() + "\n");
            create(Constants.R_TAGS + release.tag(), objects.insert(tag));
        }

        void branch() throws IOException {
            create(BRANCH, head);
        }

        private ObjectId tree() throws IOException {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder entries = index.builder();
            files.forEach((path, content) -> {
                DirCacheEntry entry = new DirCacheEntry(path);
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(content);
                entries.add(entry);
            });
            entries.finish();
            return index.writeTree(objects);
        }

        private PersonIdent author() {
            PersonIdent author = AUTHORS.get(commits % AUTHORS.size());
            Instant when = FIRST_COMMIT.plus(BETWEEN_COMMITS.multipliedBy(commits));
            return new PersonIdent(author.getName(), author.getEmailAddress(), when, ZoneOffset.UTC);
        }

        private void create(String ref, @Nullable ObjectId id) throws IOException {
            objects.flush();
            RefUpdate update = repository.updateRef(ref);
            update.setNewObjectId(id);
            RefUpdate.Result result = update.update();
            if (result != RefUpdate.Result.NEW) {
                throw new IOException("%s cannot be created: %s".formatted(ref, result));
            }
        }
    }
}
