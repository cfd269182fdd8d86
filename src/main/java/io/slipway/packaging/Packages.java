package io.slipway.packaging;

import io.slipway.integration.artifacts.ArtifactCorrupt;
import io.slipway.integration.artifacts.ArtifactMissing;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.artifacts.ArtifactStore.StoredArtifact;
import io.slipway.integration.artifacts.ArtifactTooLarge;
import io.slipway.integration.artifacts.FileNames;
import io.slipway.packaging.process.PackageReleaseProcess;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.release.AuditTrail;
import io.slipway.release.PackageDiffers;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;

/**
 * Takes the files of a release in, seals them, and finds every byte that is no longer what was sealed.
 *
 * <p>Whatever reads bytes or records without changing them runs in the caller's transaction and never marks it for rollback.
 */
@Service
public class Packages implements SealedPackages {

    private final PackageRoundRepository rounds;
    private final HandedInFileRepository files;
    private final SealRepository seals;
    private final ArtifactStore store;
    private final Releases releases;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final OpenBriefs briefs;
    private final ObjectProvider<PackageCheck> checks;
    private final ObjectProvider<HopObserver> hops;
    private final ObjectProvider<ShippingStop> stops;
    private final PackagingLimits limits;
    private final TransactionOperations transaction;
    private final Clock clock;

    Packages(
            PackageRoundRepository rounds,
            HandedInFileRepository files,
            SealRepository seals,
            ArtifactStore store,
            Releases releases,
            Permissions permissions,
            AuditTrail audit,
            OpenBriefs briefs,
            ObjectProvider<PackageCheck> checks,
            ObjectProvider<HopObserver> hops,
            ObjectProvider<ShippingStop> stops,
            PackagingLimits limits,
            TransactionOperations transaction,
            Clock clock) {
        this.rounds = rounds;
        this.files = files;
        this.seals = seals;
        this.store = store;
        this.releases = releases;
        this.permissions = permissions;
        this.audit = audit;
        this.briefs = briefs;
        this.checks = checks;
        this.hops = hops;
        this.stops = stops;
        this.limits = limits;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Opens the next round for a packaging process; asking again for the same process changes nothing. */
    @Transactional
    public void openRound(Release release, String processInstanceId) {
        Optional<PackageRound> present = presentRound(release);
        if (present.filter(round -> round.processInstanceId().equals(processInstanceId))
                .isPresent()) {
            return;
        }
        int number = present.map(PackageRound::number).orElse(0) + 1;
        rounds.save(new PackageRound(
                new PackageRound.Id(release.id().value(), number), processInstanceId, clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(), "packaging.openRound", release.key(), Map.of(), Map.of("round", number)));
    }

    /**
     * Takes a file in. The bytes are streamed into the artifact store and hashed on the way; the same file with the same bytes again
     * changes nothing.
     *
     * @param content read to its end and not closed
     * @throws io.slipway.release.NotPermitted when the person does not develop this system
     * @throws Refused when name, size or number of files are not acceptable, when the name has other bytes already, when no round is
     *     open, or when the person has another part in the release
     * @throws IOException when the sender breaks off
     */
    public HandedInFile handIn(Release release, String name, InputStream content, String person) throws IOException {
        transaction.executeWithoutResult(status -> {
            mayChange(release, person);
            openRound(release);
            releases.mayTake(release.id(), person, Part.AUTHOR);
        });
        FileNames.problem(name).ifPresent(problem -> {
            throw new Refused("file", problem);
        });
        StoredArtifact stored;
        try {
            stored = store.put(content, limits.file().toBytes());
        } catch (ArtifactTooLarge e) {
            throw new Refused("file", name + " has more than " + shown(limits.file()) + ", the most for one file.");
        }
        checks.orderedStream()
                .flatMap(check -> check.refusal(name, stored.sha256()).stream())
                .findFirst()
                .ifPresent(sentence -> {
                    throw new Refused("file", sentence);
                });
        HandedInFile file = transaction.execute(status -> {
            PackageRound round = lockedRound(release);
            return record(release, round, name, stored, person);
        });
        tellWhoSupplies(release);
        return Objects.requireNonNull(file);
    }

    private void tellWhoSupplies(Release release) {
        briefs.renew(release.key(), PackageReleaseProcess.KEY, PackageReleaseProcess.Element.SUPPLY_FILES.id());
    }

    private HandedInFile record(
            Release release, PackageRound round, String name, StoredArtifact stored, String person) {
        List<HandedInFile> present = filesOf(round);
        for (HandedInFile other : present) {
            if (other.name().equals(name) && other.sha256().equals(stored.sha256())) {
                return other;
            }
            if (other.name().equalsIgnoreCase(name)) {
                throw new Refused(
                        "file", "There is a file " + other.name() + " with other bytes; please remove that one first.");
            }
        }
        if (stored.size() == 0) {
            throw new Refused("file", name + " is empty; please build it again.");
        }
        if (present.size() >= limits.files()) {
            throw new Refused("file", "A package has at most " + limits.files() + " files.");
        }
        long total = present.stream().mapToLong(HandedInFile::size).sum() + stored.size();
        if (total > limits.total().toBytes()) {
            throw new Refused("file", "All files of a package together have at most " + shown(limits.total()) + ".");
        }
        releases.involve(release.id(), person, Part.AUTHOR);
        HandedInFile file =
                files.save(new HandedInFile(round.id(), name, stored.size(), stored.sha256(), person, clock.instant()));
        audit.record(AuditTrail.Entry.of(release.id(), "packaging.handInFile", name, Map.of(), facts(file)));
        hashed(release, round.number(), HopObserver.Hop.HANDED_IN, file.sealed(), Optional.of(stored.sha256()));
        return file;
    }

    /**
     * Takes a file out of the round again; its bytes stay in the store.
     *
     * @throws io.slipway.release.NotPermitted when the person does not develop this system
     * @throws Refused when there is no such file, or the round is sealed
     */
    public void withdraw(Release release, String name, String person) {
        transaction.executeWithoutResult(status -> {
            mayChange(release, person);
            PackageRound round = lockedRound(release);
            HandedInFile file = filesOf(round).stream()
                    .filter(present -> present.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refused("name", "No file of this name has been handed in."));
            files.delete(file);
            audit.record(AuditTrail.Entry.of(release.id(), "packaging.withdrawFile", name, facts(file), Map.of()));
        });
        tellWhoSupplies(release);
    }

    /** A developer says that the files of the round are whole. */
    @Transactional
    public void declareWhole(Release release, String person, String note) {
        permissions.require(release, person, Role.DEVELOPER);
        PackageRound round = lockedRound(release);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "packaging.supplyFiles",
                release.key(),
                Map.of(),
                Map.of("round", round.number(), "files", filesOf(round).size(), "note", note)));
    }

    /** Files of the present round, by name; empty while no round is open. */
    public List<HandedInFile> files(Release release) {
        return presentRound(release).map(this::filesOf).orElse(List.of());
    }

    /** What keeps the present round from being sealed, one sentence each; empty when nothing does. */
    public List<String> shortcomings(Release release) {
        return shortcomings(release, files(release));
    }

    private List<String> shortcomings(Release release, List<HandedInFile> files) {
        return Stream.concat(
                        startFileShortcomings(files).stream(),
                        checks.orderedStream().flatMap(check -> check.shortcomings(release, files).stream()))
                .distinct()
                .toList();
    }

    private static List<String> startFileShortcomings(List<HandedInFile> files) {
        List<String> starting =
                Manifest.startFiles(files.stream().map(HandedInFile::sealed).toList());
        if (starting.isEmpty()) {
            return List.of("A package has one .jar file that starts the service; none has been handed in.");
        }
        return starting.size() == 1
                ? List.of()
                : List.of("A package has one .jar file that starts the service; these are several: "
                        + String.join(", ", starting) + ".");
    }

    /**
     * Seals the present round. A sealed round stays as it is; sealing it again gives the same package.
     *
     * @throws Refused when no round is open
     */
    @Transactional
    public Sealing seal(Release release) {
        PackageRound round = presentRound(release)
                .flatMap(present -> rounds.lock(present.id()))
                .orElseThrow(() -> notOpen(release));
        Optional<Seal> present = seals.findById(round.id());
        if (present.isPresent()) {
            return new Sealing.Sealed(sealedPackage(present.get()));
        }
        List<HandedInFile> handedIn = filesOf(round);
        List<String> shortcomings = shortcomings(release, handedIn);
        if (!shortcomings.isEmpty()) {
            checks.orderedStream().forEach(check -> check.refused(release, handedIn));
            return new Sealing.Incomplete(shortcomings);
        }
        Manifest manifest =
                Manifest.of(release, handedIn.stream().map(HandedInFile::sealed).toList());
        Seal seal = seals.save(new Seal(round.id(), manifest.json(), manifest.digest(), clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "packaging.seal",
                release.key(),
                Map.of(),
                Map.of("round", round.number(), "digest", seal.digest(), "files", handedIn.size())));
        return new Sealing.Sealed(sealedPackage(seal));
    }

    /**
     * Reads back every byte of the package that was just sealed.
     *
     * @throws PackageDiffers naming the file that differs
     */
    @Transactional(noRollbackFor = PackageDiffers.class)
    public void verify(Release release) {
        SealedPackage verified = verified(release, HopObserver.Hop.READ_BACK);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "packaging.verify",
                release.key(),
                Map.of(),
                Map.of("round", verified.round(), "digest", verified.digest())));
    }

    @Override
    public Optional<SealedPackage> present(Release release) {
        return presentSeal(release).map(Packages::sealedPackage);
    }

    @Override
    public SealedPackage verified(Release release) {
        stops.orderedStream()
                .flatMap(part -> part.stop(release).stream())
                .findFirst()
                .ifPresent(sentence -> {
                    throw new Refused(sentence);
                });
        return verified(release, HopObserver.Hop.BEFORE_SHIPPING);
    }

    private SealedPackage verified(Release release, HopObserver.Hop hop) {
        Seal seal = presentSeal(release)
                .orElseThrow(() -> new Refused("The package of " + release.key() + " is not sealed."));
        differences(release, seal, hop).stream().findFirst().ifPresent(difference -> {
            throw difference;
        });
        return sealedPackage(seal);
    }

    /** How much may be handed in for one package. */
    public PackagingLimits limits() {
        return limits;
    }

    /** Number of the present round; empty before the first. */
    public Optional<Integer> round(Release release) {
        return presentRound(release).map(PackageRound::number);
    }

    /** The sealed manifest of the present round, exactly as it was hashed. */
    public Optional<String> manifest(Release release) {
        return presentSeal(release).map(Seal::manifest);
    }

    /**
     * Everything of the sealed package that is no longer what was sealed, with every byte read.
     *
     * @throws io.slipway.integration.artifacts.ArtifactUnavailable when the store does not answer
     */
    List<PackageDiffers> differences(Release release) {
        return presentSeal(release)
                .map(seal -> differences(release, seal, HopObserver.Hop.BEFORE_PRODUCTION))
                .orElse(List.of());
    }

    private List<PackageDiffers> differences(Release release, Seal seal, HopObserver.Hop hop) {
        Manifest manifest;
        try {
            manifest = Manifest.read(seal.manifest());
        } catch (IllegalArgumentException e) {
            return List.of(manifestDiffers(release));
        }
        if (!manifest.digest().equals(seal.digest()) || !manifest.belongsTo(release)) {
            return List.of(manifestDiffers(release));
        }
        List<PackageDiffers> differences = new ArrayList<>();
        for (SealedPackage.File file : manifest.files()) {
            difference(release, seal.number(), file, hop).ifPresent(differences::add);
        }
        return differences;
    }

    private Optional<PackageDiffers> difference(
            Release release, int round, SealedPackage.File file, HopObserver.Hop hop) {
        try {
            store.verify(file.sha256());
            hashed(release, round, hop, file, Optional.of(file.sha256()));
            return Optional.empty();
        } catch (ArtifactMissing | ArtifactCorrupt e) {
            hashed(
                    release,
                    round,
                    hop,
                    file,
                    e instanceof ArtifactCorrupt corrupt ? Optional.of(corrupt.actual()) : Optional.empty());
            return Optional.of(
                    new PackageDiffers(
                            file.name(),
                            "The file " + file.name() + " of " + release.key() + " is not what was sealed: "
                                    + e.getMessage()
                                    + " Please restore the artifact store, or hand the file in again after a change of content."));
        }
    }

    private void hashed(
            Release release, int round, HopObserver.Hop hop, SealedPackage.File file, Optional<String> found) {
        hops.orderedStream()
                .forEach(observer ->
                        observer.hashed(release, round, hop, "artifact store", file.name(), file.sha256(), found));
    }

    private static PackageDiffers manifestDiffers(Release release) {
        return new PackageDiffers(
                "manifest",
                "The manifest of " + release.key() + " is not what was sealed; please restore the database, or package"
                        + " the release again after a change of content.");
    }

    private void mayChange(Release release, String person) {
        permissions.require(release, person, Role.DEVELOPER);
        Release now = releases.get(release.id());
        if (now.state().ended()) {
            throw new Refused(now.key() + " has ended.");
        }
        if (now.onHold()) {
            throw new Refused(now.key() + " is on hold; files can be changed when a release manager has resumed it.");
        }
    }

    private PackageRound openRound(Release release) {
        PackageRound round = presentRound(release).orElseThrow(() -> notOpen(release));
        if (seals.existsById(round.id())) {
            throw new Refused("The package of " + release.key()
                    + " is sealed; other files need a change of content, which a release manager asks for.");
        }
        return round;
    }

    /** The open round, held until the transaction ends, so that nothing is handed in while it is being sealed. */
    private PackageRound lockedRound(Release release) {
        PackageRound.Id id =
                presentRound(release).orElseThrow(() -> notOpen(release)).id();
        rounds.lock(id);
        return openRound(release);
    }

    private static Refused notOpen(Release release) {
        return new Refused("The packaging of " + release.key()
                + " has not begun; files are handed in when it is the developers' turn.");
    }

    private Optional<PackageRound> presentRound(Release release) {
        return rounds.findFirstByIdReleaseOrderByIdNumberDesc(release.id().value());
    }

    private Optional<Seal> presentSeal(Release release) {
        return presentRound(release).flatMap(round -> seals.findById(round.id()));
    }

    private List<HandedInFile> filesOf(PackageRound round) {
        return files.findByRoundOrderByName(round.id());
    }

    private static SealedPackage sealedPackage(Seal seal) {
        Manifest manifest = Manifest.read(seal.manifest());
        return new SealedPackage(seal.number(), seal.digest(), manifest.startFile(), manifest.files());
    }

    private static Map<String, Object> facts(HandedInFile file) {
        return Map.of("round", file.round(), "size", file.size(), "sha256", file.sha256());
    }

    private static String shown(DataSize size) {
        return size.toMegabytes() > 0 ? size.toMegabytes() + " MB" : size.toBytes() + " bytes";
    }
}
