package io.slipway.platform.security.signin;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a person is at the time of a request: asked of the database once for each, so that a role taken away is gone at once. */
@Component
class Standings {

    private static final String ATTRIBUTE = Standings.class.getName();

    private final People people;
    private final EngineAccess access;

    Standings(People people, EngineAccess access) {
        this.people = people;
        this.access = access;
    }

    /**
     * The groups of a person.
     *
     * @return empty for an account that was closed
     */
    List<String> groups(HttpServletRequest request, String person) {
        if (request.getAttribute(ATTRIBUTE) instanceof Standing standing
                && standing.person().equals(person)) {
            return standing.groups();
        }
        boolean active = people.find(person)
                .filter(found -> found.state() == Person.State.ACTIVE)
                .isPresent();
        Standing standing = new Standing(person, active ? access.groupsOf(person) : List.of());
        request.setAttribute(ATTRIBUTE, standing);
        return standing.groups();
    }

    private record Standing(String person, List<String> groups) {}
}
