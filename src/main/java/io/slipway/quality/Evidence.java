package io.slipway.quality;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A report of tests that was handed in for a gate; its bytes lie in the artifact store. Added once and never changed. */
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

    private String suppliedBy;
    private Instant suppliedAt;

    @SuppressWarnings("NullAway.Init")
    protected Evidence() {}

    Evidence(GateId gate, String name, long size, String sha256, TestReport report, String suppliedBy, Instant now) {
        this.gate = gate;
        this.name = name;
        this.size = size;
        this.sha256 = sha256;
        this.testsTotal = report.total();
        this.testsFailed = report.failed();
        this.testsSkipped = report.skipped();
        this.testsFlaky = report.flaky();
        this.failures = String.join("\n", report.failures());
        this.remarks = String.join("\n", report.remarks());
        this.suppliedBy = suppliedBy;
        this.suppliedAt = now;
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

    /** What it says, counted when it was handed in. */
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
