package io.slipway.platform.web;

import io.slipway.platform.process.TaskRefused;
import java.util.List;
import java.util.function.Function;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;

/**
 * A page of a list as the API tells it.
 *
 * @param content the rows
 * @param page number of the page, from 0
 * @param size rows on a full page
 * @param total rows of the whole list
 * @param pages pages of the whole list
 */
public record Paging<T>(List<T> content, int page, int size, long total, int pages) {

    /** Most rows that a page can have. */
    public static final int MOST = 100;

    private static final int DEEPEST = 1_000_000;

    /** Tells a page, each row in the form that the API has for it. */
    public static <S, T> Paging<T> of(Page<S> rows, Function<S, T> form) {
        return new Paging<>(
                rows.getContent().stream().map(form).toList(),
                rows.getNumber(),
                rows.getSize(),
                rows.getTotalElements(),
                rows.getTotalPages());
    }

    /** The part of a bounded list that stands on a page. */
    public static <T> Page<T> part(List<T> all, int page, int size) {
        int from = (int) Math.min((long) page * size, all.size());
        return new PageImpl<>(
                all.subList(from, Math.min(from + size, all.size())), PageRequest.of(page, size), all.size());
    }

    /**
     * Accepts the number of a page.
     *
     * @throws TaskRefused when there can be no such page
     */
    public static int page(int page) {
        if (page < 0 || page > DEEPEST) {
            throw new TaskRefused("page", "'page' must be a whole number from 0 on.");
        }
        return page;
    }

    /**
     * Accepts the size of a page.
     *
     * @throws TaskRefused when it is too small or too large
     */
    public static int size(int size) {
        if (size < 1 || size > MOST) {
            throw new TaskRefused("size", "'size' must be a whole number from 1 to " + MOST + ".");
        }
        return size;
    }
}
