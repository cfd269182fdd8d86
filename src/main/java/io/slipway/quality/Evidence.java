package io.slipway.quality;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A report of tests, security or coverage that was handed in for a gate; its bytes lie in the artifact store. Added once and never changed. */
@Entity
@Immutable
@Table(name = "gate_evidence")
public class Evidence {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long seq;

    @Embedded
    private GateId gate;

    private String name;
    private long size;
    private String sha256;
    private int testsTotal;
    private int testsFailed;
    private int testsSkipped;
    private int testsFlaky;

    @Column(length = 1_000_000)
    private String failures;

    @Column(length = 1_000_000)
    private String remarks;

    @Enumerated(EnumType.STRING)
    private EvidenceKind kind;

    @Column(length = 1_000_000)
    private @Nullable String details;

    private String suppliedBy;
    private Instant suppliedAt;

    @SuppressWarnings("NullAway.Init")
    protected Evidence() {}

    Evidence(GateId gate, String name, long size, String sha256, ReadEvidence read, String suppliedBy, Instant now) {
        this.gate = gate;
        this.name = name;
        this.size = size;
        this.sha256 = sha256;
        TestReport report = read instanceof ReadEvidence.Tests tests ? tests.report() : TestReport.none(read.remarks());
        this.testsTotal = report.total();
        this.testsFailed = report.failed();
        this.testsSkipped = report.skipped();
        this.testsFlaky = report.flaky();
        this.failures = String.join("\n", report.failures());
        this.remarks = String.join("\n", report.remarks());
        this.kind = read.kind();
        this.details = details(read);
        this.suppliedBy = suppliedBy;
        this.suppliedAt = now;
    }

    private static @Nullable String details(ReadEvidence read) {
        if (read instanceof ReadEvidence.Scan scan) {
            return Json.write(scan.report());
        }
        return read instanceof ReadEvidence.Coverage coverage ? Json.write(coverage.report()) : null;
    }

    /** Number among all reports, in the order in which they were handed in. */
    long number() {
        return Objects.requireNonNull(seq, "not stored yet");
    }

    /** What it is about. */
    public EvidenceKind kind() {
        return kind;
    }

    /** What a security scan says; empty for other kinds. */
    public Optional<ScanReport> scan() {
        return kind == EvidenceKind.SECURITY
                ? Optional.ofNullable(details).map(json -> Json.read(json, ScanReport.class))
                : Optional.empty();
    }

    /** What a report of coverage says; empty for other kinds. */
    public Optional<CoverageReport> coverage() {
        return kind == EvidenceKind.COVERAGE
                ? Optional.ofNullable(details).map(json -> Json.read(json, CoverageReport.class))
                : Optional.empty();
    }

    /** Whether it proves something of its kind: a scan that scanned, lines that were measured; tests are judged by their number. */
    boolean proves() {
        return switch (kind) {
            case TESTS -> true;
            case SECURITY -> scan().filter(scan -> scan.runs() > 0).isPresent();
            case COVERAGE -> coverage().flatMap(CoverageReport::percent).isPresent();
        };
    }

    /** What it says, in words. */
    public String summary() {
        return switch (kind) {
            case TESTS ->
                testsTotal + " tests, " + testsFailed + " failed, " + testsSkipped + " skipped, " + testsFlaky
                        + " flaky";
            case SECURITY ->
                scan().map(scan -> scan.errors() + " errors, " + scan.warnings() + " warnings, " + scan.notes()
                                + " notes by " + String.join(", ", scan.tools()))
                        .orElse("");
            case COVERAGE ->
                coverage()
                        .flatMap(CoverageReport::percent)
                        .map(percent -> percent + " % of lines covered")
                        .orElse("no line measured");
        };
    }

    GateId gate() {
        return gate;
    }

    /** Name of the report; a later one of the same name takes its place. */
    public String name() {
        return name;
    }

    /** Size in bytes. */
    public long size() {
        return size;
    }

    /** SHA-256 of its bytes, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** What it says of tests, counted when it was handed in; no test where it is of another kind. */
    public TestReport report() {
        return new TestReport(testsTotal, testsFailed, testsSkipped, testsFlaky, lines(failures), lines(remarks));
    }

    /** Opaque id of the person who handed it in. */
    public String suppliedBy() {
        return suppliedBy;
    }

    /** When it was handed in. */
    public Instant suppliedAt() {
        return suppliedAt;
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
