package io.slipway.packaging.versions;

import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.PackageCheck;
import io.slipway.packaging.PackageObstacle;
import io.slipway.packaging.Rows;
import io.slipway.packaging.ShippingStop;
import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotPermitted;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Versions that are known to be bad: nothing of them is sealed, shipped or brought to production until another person unblocks them. */
@Service
public class Blocks implements PackageCheck, PackageObstacle, ShippingStop {

    private static final Role[] MAY = {Role.RELEASE_MANAGER, Role.OPERATIONS, Role.SECURITY};

    private final JdbcClient jdbc;
    private final Releases releases;
    private final Permissions permissions;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;

    Blocks(
            JdbcClient jdbc,
            @Lazy Releases releases,
            Permissions permissions,
            Notices notices,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.releases = releases;
        this.permissions = permissions;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** Roles that may block and unblock. */
    public static Role[] roles() {
        return MAY.clone();
    }

    /**
     * Blocks a version everywhere, at once.
     *
     * @throws NotPermitted when the person manages no releases, operates nothing and does not look after security
     * @throws Refused when there is no such release, it is blocked already, or no reason is given
     */
    @Transactional
    public void block(String system, String version, String reason, String person) {
        permissions.require(person, MAY);
        requireReason(reason, "Please say in 1 to 2000 characters what is bad about the version.");
        Release release = releases.find(system + "-" + version)
                .orElseThrow(() -> new Refused(
                        "version",
                        "There is no version '" + Rows.cut(version, 60) + "' of '" + Rows.cut(system, 64) + "'."));
        if (present(system, version).isPresent()) {
            throw new Refused("version", release.key() + " is blocked already.");
        }
        jdbc.sql(
                        "insert into version_block (system_key, version, reason, blocked_by, blocked_at) values (?, ?, ?, ?, ?)")
                .params(system, version, reason, person, Rows.moment(clock.instant()))
                .update();
        record(release, "packaging.blockVersion", true, reason);
        notices.tell(Notices.Notice.of(
                release,
                "blocked/" + clock.instant(),
                "packaging.versionBlocked",
                Set.of(Role.RELEASE_MANAGER, Role.OPERATIONS, Role.DEPLOYER),
                release.key() + " is blocked",
                List.of("Nothing of it is sealed, shipped or brought to production.", reason)));
    }

    /**
     * Takes a block away.
     *
     * @throws NotPermitted when the person may not, or set the block
     * @throws Refused when the version is not blocked, or no reason is given
     */
    @Transactional
    public void unblock(String system, String version, String reason, String person) {
        permissions.require(person, MAY);
        requireReason(reason, "Please say in 1 to 2000 characters why the version may be used again.");
        Block block =
                present(system, version).orElseThrow(() -> new Refused("version", "This version is not blocked."));
        if (block.blockedBy().equals(person)) {
            throw new NotPermitted("A version is unblocked by somebody other than who blocked it.");
        }
        jdbc.sql("update version_block set unblocked_by = ?, unblocked_at = ?, unblock_reason = ? where id = ?")
                .params(person, Rows.moment(clock.instant()), reason, block.id())
                .update();
        releases.find(system + "-" + version)
                .ifPresent(release -> record(release, "packaging.unblockVersion", false, reason));
    }

    /** Blocks, the newest first. */
    public Page<Block> list(Pageable page) {
        return new PageImpl<>(
                jdbc.sql("select * from version_block order by id desc limit :size offset :offset")
                        .param("size", page.getPageSize())
                        .param("offset", page.getOffset())
                        .query(Blocks::block)
                        .list(),
                page,
                jdbc.sql(ListTotal.sql("from version_block", page))
                        .query(Long.class)
                        .single());
    }

    @Override
    public Optional<String> stop(Release release) {
        return present(release.system(), release.version())
                .map(block -> release.key() + " is blocked: " + block.reason()
                        + " Somebody other than who blocked it can unblock it.");
    }

    @Override
    public List<String> obstacles(Release release) {
        return stop(release).stream().toList();
    }

    @Override
    public List<String> shortcomings(Release release, List<HandedInFile> files) {
        return obstacles(release);
    }

    private Optional<Block> present(String system, String version) {
        return jdbc.sql("select * from version_block where system_key = ? and version = ? and unblocked_at is null")
                .params(system, version)
                .query(Blocks::block)
                .optional();
    }

    private static void requireReason(String reason, String sentence) {
        if (reason.isBlank() || reason.length() > 2000) {
            throw new Refused("reason", sentence);
        }
    }

    private void record(Release release, String action, boolean blocked, String reason) {
        audit.record(AuditTrail.Entry.of(
                release.id(),
                action,
                release.key(),
                Map.of("blocked", !blocked),
                Map.of("blocked", blocked, "reason", reason)));
    }

    private static Block block(ResultSet row, int index) throws SQLException {
        return new Block(
                row.getLong("id"),
                row.getString("system_key"),
                row.getString("version"),
                row.getString("reason"),
                row.getString("blocked_by"),
                Rows.moment(row, "blocked_at"),
                Optional.ofNullable(row.getString("unblocked_by")),
                Rows.momentIf(row, "unblocked_at"),
                Optional.ofNullable(row.getString("unblock_reason")));
    }
}
