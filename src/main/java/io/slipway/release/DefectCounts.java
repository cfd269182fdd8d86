package io.slipway.release;

import java.util.Optional;

/** How many defects a phase knows of a release; those who find them before it goes and those who link them afterwards answer. */
public interface DefectCounts {

    /** When a defect was found. */
    enum Found {
        /** By tests and scans, before the release went to production. */
        BEFORE,

        /** By users, afterwards. */
        BY_USERS
    }

    /** Which of both is counted here. */
    Found found();

    /** Their number; empty while nobody has looked, which is not the same as none. */
    Optional<Long> count(Release release);
}
