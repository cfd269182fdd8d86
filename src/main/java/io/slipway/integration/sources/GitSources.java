package io.slipway.integration.sources;

import io.slipway.platform.text.Beginning;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/**
 * Git repositories on this machine, read with JGit: no program is started, no hook runs, and a revision is looked up as a name and
 * never understood as an expression.
 */
final class GitSources implements Sources {

    private static final Pattern REVISION = Pattern.compile("(?!-)[0-9A-Za-z._/-]{1,200}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int LONGEST_MESSAGE = 10_000;
    private static final int LONGEST_PATH = 1_000;

    private final SourcesConfiguration.Settings settings;

    GitSources(SourcesConfiguration.Settings settings) {
        this.settings = settings;
    }

    @Override
    public boolean has(String system) {
        return settings.repositories().containsKey(system);
    }

    @Override
    public Commit resolve(String system, String revision) {
        return in(system, (repository, walk) -> commit(walk.parseCommit(named(system, repository, walk, revision))));
    }

    @Override
    public List<Commit> between(String system, String since, String until, int limit) {
        return in(system, (repository, walk) -> {
            RevCommit first = named(system, repository, walk, since);
            RevCommit last = named(system, repository, walk, until);
            walk.markStart(last);
            walk.markUninteresting(first);
            return listed(walk, limit);
        });
    }

    @Override
    public List<Commit> history(String system, String until, int limit) {
        return in(system, (repository, walk) -> {
            walk.markStart(named(system, repository, walk, until));
            return listed(walk, limit);
        });
    }

    @Override
    public List<String> files(String system, String commit, String folder) {
        return in(system, (repository, walk) -> {
            try (TreeWalk tree = new TreeWalk(repository)) {
                tree.addTree(pinned(system, walk, commit).getTree());
                tree.setRecursive(true);
                if (!folder.isEmpty()) {
                    tree.setFilter(PathFilter.create(path(folder)));
                }
                List<String> paths = new ArrayList<>();
                while (tree.next()) {
                    if (isFile(tree.getFileMode()) && !tree.getPathString().equals(folder)) {
                        paths.add(tree.getPathString());
                        bounded(system, paths.size());
                    }
                }
                return paths;
            }
        });
    }

    @Override
    public byte[] read(String system, String commit, String path, int limit) {
        return in(system, (repository, walk) -> {
            RevCommit pinned = pinned(system, walk, commit);
            try (TreeWalk file = TreeWalk.forPath(repository, path(path), pinned.getTree())) {
                if (file == null || !isFile(file.getFileMode())) {
                    throw new SourcesRefused(
                            "There is no file " + shown(path) + " in commit " + commit + " of " + system + ".");
                }
                ObjectLoader content = repository.open(file.getObjectId(0), Constants.OBJ_BLOB);
                if (content.getSize() > limit) {
                    throw new SourcesRefused("The file " + shown(path) + " in commit " + commit + " of " + system
                            + " has " + content.getSize() + " bytes; at most " + limit + " are taken.");
                }
                return content.getCachedBytes(limit);
            }
        });
    }

    @Override
    public void checkOut(String system, String commit, Path directory) {
        Path target = directory.toAbsolutePath().normalize();
        in(system, (repository, walk) -> {
            try (Stream<Path> there = Files.list(target)) {
                if (there.findAny().isPresent()) {
                    throw new SourcesRefused("The directory for the sources of " + system + " is not empty.");
                }
            }
            try (TreeWalk tree = new TreeWalk(repository)) {
                tree.addTree(pinned(system, walk, commit).getTree());
                tree.setRecursive(true);
                write(system, repository, tree, target);
            }
            return true;
        });
    }

    private void write(String system, Repository repository, TreeWalk tree, Path target) throws IOException {
        long left = settings.size().toBytes();
        int files = 0;
        while (tree.next()) {
            Path file = target.resolve(path(tree.getPathString())).normalize();
            // A link, or a path that leads elsewhere, could make a build read or write outside its directory.
            if (!isFile(tree.getFileMode()) || !file.startsWith(target)) {
                throw new SourcesRefused("The sources of " + system + " hold " + shown(tree.getPathString())
                        + ", which is no plain file; please remove it from the repository.");
            }
            files++;
            bounded(system, files);
            ObjectLoader content = repository.open(tree.getObjectId(0), Constants.OBJ_BLOB);
            left -= content.getSize();
            if (left < 0) {
                throw new SourcesRefused("The sources of " + system + " have more than "
                        + settings.size().toBytes() + " bytes together, which is the most that is checked out.");
            }
            Files.createDirectories(file.resolveSibling("."));
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                content.copyTo(out);
            }
            if (FileMode.EXECUTABLE_FILE.equals(tree.getFileMode())
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private void bounded(String system, int files) {
        if (files > settings.files()) {
            throw new SourcesRefused("The sources of " + system + " have more than " + settings.files()
                    + " files, which is the most that is read.");
        }
    }

    private static List<Commit> listed(RevWalk walk, int limit) {
        List<Commit> commits = new ArrayList<>();
        for (RevCommit found : walk) {
            if (commits.size() >= limit) {
                break;
            }
            commits.add(commit(found));
        }
        return commits;
    }

    private static RevCommit named(String system, Repository repository, RevWalk walk, String revision)
            throws IOException {
        if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
            throw new SourcesRefused(
                    "'" + shown(revision) + "' is no revision; please give a tag, a branch or the id of a"
                            + " commit: 1 to 200 letters A to Z, digits and . _ / -, not beginning with a dash.");
        }
        ObjectId found = id(repository, revision);
        if (found == null) {
            throw new SourcesRefused("The repository of " + system + " has no tag or branch '" + revision + "'.");
        }
        return parsed(system, walk, found, revision);
    }

    private static @Nullable ObjectId id(Repository repository, String revision) throws IOException {
        if (COMMIT.matcher(revision).matches()) {
            return ObjectId.fromString(revision);
        }
        for (String space : List.of(Constants.R_TAGS, Constants.R_HEADS)) {
            Ref ref = repository.getRefDatabase().exactRef(space + revision);
            if (ref != null && ref.getObjectId() != null) {
                return ref.getObjectId();
            }
        }
        return null;
    }

    private static RevCommit pinned(String system, RevWalk walk, String commit) throws IOException {
        if (!COMMIT.matcher(commit).matches()) {
            throw new SourcesRefused("'" + shown(commit) + "' is no id of a commit; it has 40 hexadecimal digits.");
        }
        return parsed(system, walk, ObjectId.fromString(commit), commit);
    }

    private static RevCommit parsed(String system, RevWalk walk, ObjectId id, String shown) throws IOException {
        try {
            return walk.parseCommit(id);
        } catch (MissingObjectException | org.eclipse.jgit.errors.IncorrectObjectTypeException e) {
            throw new SourcesRefused("The repository of " + system + " has no commit " + shown + ".");
        }
    }

    private static Commit commit(RevCommit commit) {
        String message = commit.getFullMessage();
        return new Commit(
                commit.name(),
                commit.getAuthorIdent().getName(),
                commit.getCommitterIdent().getWhenAsInstant(),
                Beginning.of(message, LONGEST_MESSAGE));
    }

    /** A path in the repository that leads nowhere else, also when it is written to a disk. */
    private static String path(String path) {
        boolean plain = !path.isEmpty()
                && path.length() <= LONGEST_PATH
                && path.chars().noneMatch(character -> character < ' ' || character == '\\' || character == ':');
        if (plain) {
            for (String part : path.split("/", -1)) {
                plain &= !part.isEmpty()
                        && !part.equals(".")
                        && !part.equals("..")
                        && !part.toLowerCase(Locale.ROOT).equals(".git");
            }
        }
        if (!plain) {
            throw new SourcesRefused("'" + shown(path) + "' is no path in a repository; please give folders and file,"
                    + " separated by slashes, without '..'.");
        }
        return path;
    }

    private static boolean isFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    private static String shown(String text) {
        return Beginning.marked(text.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\u200d]]", "?"), 81);
    }

    private interface Reading<T> {
        T in(Repository repository, RevWalk walk) throws IOException;
    }

    private <T> T in(String system, Reading<T> reading) {
        Path directory = settings.repositories().get(system);
        if (directory == null) {
            throw new SourcesRefused("No repository is known for " + shown(system)
                    + "; it is named in the setting slipway.sources.repositories.");
        }
        try (Repository repository = open(directory);
                RevWalk walk = new RevWalk(repository)) {
            return reading.in(repository, walk);
        } catch (IOException e) {
            throw new SourcesUnavailable("The repository of " + system + " cannot be read in " + directory + ".", e);
        }
    }

    private static Repository open(Path directory) throws IOException {
        Path inside = directory.resolve(Constants.DOT_GIT);
        Repository repository = new FileRepositoryBuilder()
                .setGitDir((Files.isDirectory(inside) ? inside : directory).toFile())
                .setMustExist(true)
                .build();
        if (!repository.getObjectDatabase().exists()) {
            repository.close();
            throw new RepositoryNotFoundException(directory.toFile());
        }
        return repository;
    }
}
