package io.slipway.release.web;

import io.slipway.platform.security.People;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseComments;
import io.slipway.release.ReleaseComments.Comment;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows what people remarked on a release, the newest first, and takes another remark. */
@Component
class CommentsPanel implements ReleasePanel {

    static final int SIZE = 10;

    private final ReleaseComments comments;
    private final Permissions permissions;
    private final People people;

    CommentsPanel(ReleaseComments comments, Permissions permissions, People people) {
        this.comments = comments;
        this.permissions = permissions;
        this.people = people;
    }

    @Override
    public int order() {
        return 950;
    }

    @Override
    public String fragment() {
        return "release/comments :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        return model(release, person, 0);
    }

    Map<String, Object> model(Release release, String person, int page) {
        Page<Comment> found = comments.of(release, PageRequest.of(page, SIZE));
        return Map.of(
                "comments",
                found,
                "commentNames",
                people.names(found.stream().map(Comment::author).collect(Collectors.toSet())),
                "commentsAddress",
                "/releases/" + release.key() + "/comments",
                "mayComment",
                comments.mayAdd(release, permissions.reader(person)));
    }
}
