package io.slipway.governance.obligations;

import io.slipway.platform.process.Brief;
import io.slipway.platform.text.Beginning;
import io.slipway.release.Escalations;
import io.slipway.release.NotFound;
import io.slipway.release.Notices;
import io.slipway.release.Notices.Audience;
import io.slipway.release.Notices.Fact;
import io.slipway.release.Notices.Notice;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says to people what they owe: before it is due, and when it is overdue. */
@Service
public class ObligationNotices {

    private final ObligationRegister register;
    private final Notices notices;
    private final Escalations escalations;
    private final Releases releases;

    ObligationNotices(ObligationRegister register, Notices notices, Escalations escalations, @Lazy Releases releases) {
        this.register = register;
        this.notices = notices;
        this.escalations = escalations;
        this.releases = releases;
    }

    /** Reminds the owner; nothing is said of what is fulfilled. */
    @Transactional
    public void remind(String key) {
        ObligationRow row = row(key);
        if (row.obligation().open()) {
            tell(row, "governance.obligationReminded", "Due soon: ", Set.of());
        }
    }

    /** Tells owner and release managers that nothing came, and asks the next rung of the ladder where a release waits. */
    @Transactional
    public void overdue(String key) {
        ObligationRow row = row(key);
        if (!row.obligation().open()) {
            return;
        }
        NewObligation owed = row.obligation().owed();
        tell(row, "governance.obligationOverdue", "Overdue: ", Set.of(Role.RELEASE_MANAGER.group()));
        Optional<Release> release = owed.release().map(releases::get);
        release.ifPresent(known -> escalations.raise(
                known,
                "obligation/" + key,
                "What shall become of this obligation, which is overdue: " + owed.statement(),
                List.of(
                        owed.owner().label() + " owes it since " + Brief.moment(row.openedAt()) + ".",
                        "It was due on " + Brief.moment(owed.due()) + ".")));
    }

    private void tell(ObligationRow row, String kind, String begin, Set<String> more) {
        NewObligation owed = row.obligation().owed();
        Set<String> groups = new HashSet<>(more);
        if (owed.person().isEmpty()) {
            groups.add(owed.system().map(owed.owner()::groupFor).orElseGet(() -> owed.owner()
                    .group()));
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Because of", owed.kind().label()));
        facts.add(new Fact("Owed by", owed.owner().label()));
        row.releaseKey().ifPresent(release -> facts.add(new Fact("Release", release)));
        facts.add(new Fact("Due", Brief.moment(owed.due())));
        notices.tell(new Notice(
                shortened("obligation/" + kind.substring(kind.indexOf('.') + 1) + "/" + owed.key()),
                owed.release(),
                kind,
                new Audience(groups, owed.person().map(Set::of).orElse(Set.of())),
                subject(begin + owed.statement()),
                List.of(
                        owed.statement(),
                        "Please say on the page of obligations, or in its task, what shows that this is done."),
                facts,
                "/obligations"));
    }

    /** One line of at most two hundred characters. */
    private static String subject(String text) {
        String line = text.replaceAll("\\s+", " ");
        return Beginning.marked(line, 200);
    }

    private static String shortened(String key) {
        return key.length() <= 200 ? key : key.substring(0, 160) + "#" + Integer.toHexString(key.hashCode());
    }

    private ObligationRow row(String key) {
        return register.row(key).orElseThrow(() -> new NotFound("obligation", key));
    }
}
