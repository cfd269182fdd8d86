package io.slipway.packaging.signatures;

import io.slipway.integration.artifacts.ArtifactCorrupt;
import io.slipway.integration.artifacts.ArtifactMissing;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.PackageCheck;
import io.slipway.packaging.PackageObstacle;
import io.slipway.packaging.Packages;
import io.slipway.packaging.chain.Chain;
import io.slipway.release.Release;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * Looks at the signatures of the files of a package: {@code storefront.jar.asc} or {@code .sig} beside {@code storefront.jar}. A
 * signature that is there must be good; where keys were ever accepted for the system, the file that starts the service needs one.
 */
@Service
public class Signatures implements PackageCheck, PackageObstacle {

    private static final List<String> ENDINGS = List.of(".asc", ".sig");

    private final TrustedKeys keys;
    private final ArtifactStore store;
    private final Packages packages;
    private final Chain chain;
    private final Clock clock;

    Signatures(TrustedKeys keys, ArtifactStore store, @Lazy Packages packages, @Lazy Chain chain, Clock clock) {
        this.keys = keys;
        this.store = store;
        this.packages = packages;
        this.chain = chain;
        this.clock = clock;
    }

    /** The signatures of the present files, each judged now with every byte read. */
    public List<FileSignature> of(Release release) {
        return of(release.system(), packages.files(release));
    }

    private List<FileSignature> of(String system, List<HandedInFile> files) {
        Map<String, HandedInFile> byName = new TreeMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        boolean required = keys.required(system);
        List<FileSignature> signatures = new ArrayList<>();
        for (HandedInFile file : files) {
            Optional<String> ending = ending(file.name());
            if (ending.isPresent()) {
                String signed = file.name()
                        .substring(0, file.name().length() - ending.get().length());
                signatures.add(
                        byName.containsKey(signed)
                                ? judged(system, byName.get(signed), file)
                                : signature(
                                        signed,
                                        Optional.of(file.name()),
                                        new OpenPgp.Verdict(
                                                OpenPgp.Outcome.SIG_BAD,
                                                Optional.empty(),
                                                Optional.empty(),
                                                "There is no file " + signed + " that it could belong to.")));
            } else if (required
                    && file.name().endsWith(".jar")
                    && ENDINGS.stream().noneMatch(end -> byName.containsKey(file.name() + end))) {
                signatures.add(signature(
                        file.name(),
                        Optional.empty(),
                        new OpenPgp.Verdict(
                                OpenPgp.Outcome.SIG_MISSING,
                                Optional.empty(),
                                Optional.empty(),
                                "Files of " + system + " are signed; please hand in " + file.name()
                                        + ".asc, made by a trusted key.")));
            }
        }
        return signatures;
    }

    private FileSignature judged(String system, HandedInFile signed, HandedInFile file) {
        if (file.size() > OpenPgp.LARGEST_SIGNATURE) {
            return signature(
                    signed.name(),
                    Optional.of(file.name()),
                    new OpenPgp.Verdict(
                            OpenPgp.Outcome.SIG_BAD,
                            Optional.empty(),
                            Optional.empty(),
                            "It has more than " + OpenPgp.LARGEST_SIGNATURE + " bytes, so it is no signature."));
        }
        try (InputStream signature = store.open(file.sha256());
                InputStream content = store.open(signed.sha256())) {
            return signature(
                    signed.name(),
                    Optional.of(file.name()),
                    OpenPgp.verify(signature.readAllBytes(), content, keys.trusted(system), clock.instant()));
        } catch (ArtifactCorrupt | ArtifactMissing e) {
            return signature(
                    signed.name(),
                    Optional.of(file.name()),
                    new OpenPgp.Verdict(
                            OpenPgp.Outcome.SIG_BAD,
                            Optional.empty(),
                            Optional.empty(),
                            String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileSignature signature(String file, Optional<String> signatureFile, OpenPgp.Verdict verdict) {
        return new FileSignature(
                file,
                signatureFile,
                verdict.outcome().name(),
                verdict.good(),
                verdict.fingerprint(),
                verdict.signedAt(),
                verdict.sentence());
    }

    private static Optional<String> ending(String name) {
        return ENDINGS.stream().filter(name::endsWith).findFirst();
    }

    @Override
    public List<String> shortcomings(Release release, List<HandedInFile> files) {
        return sentences(of(release.system(), files));
    }

    /** A signature that does not hold is what somebody looks at who looks after security; one that is missing is not. */
    @Override
    public void refused(Release release, List<HandedInFile> files) {
        of(release.system(), files).stream()
                .filter(signature ->
                        !signature.good() && !signature.outcome().equals(OpenPgp.Outcome.SIG_MISSING.name()))
                .forEach(signature -> chain.alarm(
                        release,
                        "signature/" + signature.file(),
                        sentences(List.of(signature)).get(0)));
    }

    @Override
    public List<String> obstacles(Release release) {
        return sentences(of(release));
    }

    private static List<String> sentences(List<FileSignature> signatures) {
        return signatures.stream()
                .filter(signature -> !signature.good())
                .map(signature -> signature.signatureFile().orElse("Signature of " + signature.file()) + ": "
                        + signature.sentence() + " (" + signature.outcome() + ")")
                .toList();
    }
}
