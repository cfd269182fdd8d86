package io.slipway.platform.web;

import java.util.List;

/** Places in the menu of every page; each module that has pages offers its own. */
public interface Navigation {

    /** The places that this reader may go to. */
    List<Place> places(Viewer viewer);

    /**
     * One place.
     *
     * @param order from left to right
     * @param label what people read
     * @param address where it leads; everything below it counts as the same place
     * @param besides other addresses that count as the same place, because only this place leads to them
     */
    record Place(int order, String label, String address, List<String> besides) {

        /** A place of one address. */
        public Place(int order, String label, String address) {
            this(order, label, address, List.of());
        }
    }
}
