package io.slipway.governance.approvals;

import io.slipway.platform.data.Canonical;
import io.slipway.platform.text.Beginning;
import io.slipway.release.ApprovalPart;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * One part of what is approved, as it was when the approvals were opened.
 *
 * @param name name of the part, such as {@code package}
 * @param digest SHA-256 of the canonical JSON of the facts, in hexadecimal
 * @param summary one line for the approver
 * @param facts everything that matters, as canonical JSON
 */
@Embeddable
public record SignedPart(
        String name,
        String digest,
        String summary,
        @Column(length = 1_000_000) String facts) {

    private static final int LONGEST_SUMMARY = 2_000;

    static SignedPart of(String name, ApprovalPart.Content content) {
        String summary = content.summary();
        return new SignedPart(
                name,
                Canonical.digest(content.facts()),
                Beginning.marked(summary, LONGEST_SUMMARY),
                Canonical.json(content.facts()));
    }
}
