package io.slipway.communication;

import io.slipway.release.AuditTrail;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends what has changed in a release, when a release manager says so, to those audiences to whom it is new. */
@Service
public class ReleaseUpdates {

    private final ReleaseLetters letters;
    private final NoticeBook notices;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final CommunicationSettings settings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ReleaseUpdates(
            ReleaseLetters letters,
            NoticeBook notices,
            Permissions permissions,
            AuditTrail audit,
            CommunicationSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.letters = letters;
        this.notices = notices;
        this.permissions = permissions;
        this.audit = audit;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Labels of the audiences to whom something is new. */
    public List<String> behind(Release release) {
        return letters.news(release).entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(audience -> settings.audience(audience.getKey()).label())
                .toList();
    }

    /**
     * Sends an update; each audience reads what differs from what it was told last.
     *
     * @param remark what the release manager adds; may be missing
     * @throws Refused when nothing is new to anybody
     */
    public void send(Release release, String person, @Nullable String remark) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        String added = Texts.optional("remark", remark, 2000);
        Set<Role> roles = letters.news(release).entrySet().stream()
                .filter(Map.Entry::getValue)
                .flatMap(audience -> settings.audience(audience.getKey()).roles().stream())
                .map(role -> Role.ofGroup(role).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
        if (roles.isEmpty()) {
            throw new Refused(
                    "remark", "Nothing has changed for anybody since the last mail about " + release.key() + ".");
        }
        transaction.executeWithoutResult(status -> {
            long number = jdbc.sql("select count(*) from notice where release_id = ? and kind = 'release.updated'")
                            .param(StoredIds.bytes(release))
                            .query(Long.class)
                            .single()
                    + 1;
            String path = "/releases/" + release.key();
            notices.keep(
                    new Notices.Notice(
                            release.key() + "/updated/" + number,
                            Optional.of(release.id()),
                            "release.updated",
                            Notices.Audience.roles(release, roles),
                            "Update on " + release.key(),
                            added.isEmpty() ? List.of("What is new stands below.") : List.of(added),
                            List.of(),
                            path),
                    List.of(
                            new Letter.Link("Open the release", path),
                            new Letter.Link("Read the summary", path + "/summary")));
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "communication.sendUpdate",
                    "update " + number,
                    Map.of(),
                    Map.of("roles", roles.stream().map(Role::group).sorted().toList(), "remark", added)));
        });
    }
}
