package io.slipway.schedule.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.bookings.Conflicts;
import io.slipway.schedule.bookings.Slot;
import io.slipway.schedule.bookings.SlotTaken;
import io.slipway.schedule.bookings.Slots;
import io.slipway.schedule.bookings.WishedSlot;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Environments booked ahead, for programs. */
@RestController
class BookingApi {

    private final ReleaseDesk desk;
    private final Slots slots;
    private final Conflicts conflicts;

    BookingApi(ReleaseDesk desk, Slots slots, Conflicts conflicts) {
        this.desk = desk;
        this.slots = slots;
        this.conflicts = conflicts;
    }

    /** A booking. */
    record SlotJson(
            UUID id, String system, String environment, String release, Instant start, Instant end, String purpose) {

        static SlotJson of(Slot slot) {
            return new SlotJson(
                    slot.id(),
                    slot.system(),
                    slot.environment(),
                    slot.release(),
                    slot.span().start(),
                    slot.span().end(),
                    slot.purpose());
        }
    }

    /** A free time. */
    record FreeJson(Instant start, Instant end) {

        static FreeJson of(TimeSpan span) {
            return new FreeJson(span.start(), span.end());
        }
    }

    /** Why a booking is given back. */
    record Reason(@Nullable String reason) {}

    /** Bookings that are not over, the one that ends next first. */
    @GetMapping("/api/v1/bookings")
    Paging<SlotJson> bookings(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size, Viewer viewer) {
        return Paging.of(
                slots.list(
                        new Reader(viewer.person(), viewer.groups()),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                SlotJson::of);
    }

    /**
     * Books a time. Where others have it, the answer is 409 with who they are and when it is free next, or 202 when release managers
     * settle it.
     */
    @PostMapping("/api/v1/bookings")
    ResponseEntity<?> book(@RequestBody BookingEntry entry, Viewer viewer) {
        slots.requireBooker(viewer.person());
        WishedSlot wish = entry.read();
        Release release = desk.get(entry.releaseKey(), new Reader(viewer.person(), viewer.groups()));
        try {
            Optional<Slot> booked = entry.settled()
                    ? conflicts.bookOrSettle(release, viewer.person(), wish)
                    : Optional.of(slots.book(release, viewer.person(), wish));
            return booked.isPresent()
                    ? ResponseEntity.created(URI.create("/api/v1/bookings")).body(SlotJson.of(booked.get()))
                    : ResponseEntity.accepted().build();
        } catch (SlotTaken taken) {
            ProblemDetail problem =
                    ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(taken.getMessage()));
            problem.setProperty("field", taken.field());
            problem.setProperty(
                    "overlapping",
                    taken.overlapping().stream().map(SlotJson::of).toList());
            problem.setProperty("free", taken.free().stream().map(FreeJson::of).toList());
            return ResponseEntity.status(HttpStatus.CONFLICT).body(problem);
        }
    }

    /** Gives a booking back. */
    @PostMapping("/api/v1/bookings/{booking}/give-back")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveBack(@PathVariable UUID booking, @RequestBody Reason reason, Viewer viewer) {
        slots.giveBack(
                viewer.person(), booking, Optional.ofNullable(reason.reason()).orElse(""));
    }
}
