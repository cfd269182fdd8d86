package io.slipway.release;

import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.ProcessRecords;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where people, on pages and through the API, look for releases and ask for what concerns one as a whole. It asks for the role first
 * and shows nobody what the person may not know of.
 */
@Service
public class ReleaseDesk {

    private final ReleaseRepository repository;
    private final Releases releases;
    private final Landscape landscape;
    private final Permissions permissions;
    private final ProcessRecords records;
    private final EntityManager entities;

    ReleaseDesk(
            ReleaseRepository repository,
            Releases releases,
            Landscape landscape,
            Permissions permissions,
            ProcessRecords records,
            EntityManager entities) {
        this.repository = repository;
        this.releases = releases;
        this.landscape = landscape;
        this.permissions = permissions;
        this.records = records;
        this.entities = entities;
    }

    /**
     * A page of the releases that the reader may see.
     *
     * @throws Refused when the filter names what does not exist
     */
    @Transactional(readOnly = true)
    public Page<Release> list(ReleaseFilter filter, Pageable page, Reader reader) {
        Specification<Release> visible = filter.visibleTo(reader);
        List<Release> rows =
                repository.findBy(visible, query -> query.slice(page)).getContent();
        return new PageImpl<>(rows, page, counted(visible, ListTotal.most(page)));
    }

    private long counted(Specification<Release> visible, int most) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Integer> each = builder.createQuery(Integer.class);
        Root<Release> release = each.from(Release.class);
        each.select(builder.literal(1)).where(visible.toPredicate(release, each, builder));
        return entities.createQuery(each).setMaxResults(most).getResultList().size();
    }

    /**
     * One release.
     *
     * @throws NotFound when there is none with this key, or the reader may not know of it
     */
    @Transactional(readOnly = true)
    public Release get(String key, Reader reader) {
        Release release = repository.findByKey(key).orElseThrow(() -> new NotFound("release", key));
        if (!reader.mayRead(release)) {
            throw new Concealed("release", key);
        }
        return release;
    }

    /**
     * Requests a release in the name of a release manager.
     *
     * @throws NotPermitted when the person is none
     * @throws Refused when an input is not acceptable
     */
    @Transactional
    public Release request(NewRelease request, String person) {
        permissions.require(person, Role.RELEASE_MANAGER);
        if (landscape.systems().stream().noneMatch(system -> system.key().equals(request.system()))) {
            throw new Refused("system", "Please choose one of the managed systems.");
        }
        return releases.request(request, person);
    }

    /** What this reader could ask for now. */
    public List<ReleaseAction> offered(Release release, Reader reader) {
        if (release.state().ended()) {
            return List.of();
        }
        Set<String> awaited =
                release.processInstanceId().map(records::awaitedMessages).orElse(Set.of());
        return Arrays.stream(ReleaseAction.values())
                .filter(action -> action.offered(release, reader, awaited))
                .toList();
    }

    /**
     * Asks for something that concerns a release as a whole.
     *
     * @param path name of the action in addresses
     * @throws NotFound when there is no such release or action, or the person may not know of the release
     * @throws NotPermitted when the person has no role that may ask for it
     * @throws Refused when it cannot be asked for now, or the reason is missing
     */
    @Transactional
    public Release ask(String key, String path, String reason, String person) {
        Release release = get(key, permissions.reader(person));
        ReleaseAction action = ReleaseAction.ofPath(path).orElseThrow(() -> new NotFound("action", path));
        permissions.require(release, person, action.roles());
        switch (action) {
            case HOLD -> releases.hold(release.id(), person, reason);
            case CONTENT_CHANGE -> releases.requestContentChange(release.id(), person, reason);
            case RESCHEDULE -> releases.requestReschedule(release.id(), person, reason);
            case ROLLBACK -> releases.requestRollback(release.id(), person, reason);
            case CANCEL -> releases.requestCancel(release.id(), person, reason);
        }
        return releases.get(release.id());
    }
}
