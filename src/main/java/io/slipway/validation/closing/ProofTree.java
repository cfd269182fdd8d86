package io.slipway.validation.closing;

import io.slipway.release.ClosingCondition.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a release may be closed, or not: every condition under what it belongs to, with its finding, the evidence, and what would change
 * it. It holds when every branch holds; a branch nobody contributes to is not required.
 *
 * @param provenAt when the conditions were asked
 * @param digest SHA-256 that a signature over these findings covers; empty for findings that nobody kept
 */
public record ProofTree(Instant provenAt, Optional<String> digest, List<Branch> branches) {

    private static final Map<String, String> BRANCH_OF = Map.ofEntries(
            Map.entry("live", "Production runs what the record says"),
            Map.entry("register", "Production runs what the record says"),
            Map.entry("effects", "Production runs what the record says"),
            Map.entry("hypercare", "Hypercare"),
            Map.entry("feedback", "Hypercare"),
            Map.entry("operability", "Deliverables"),
            Map.entry("materials", "Deliverables"),
            Map.entry("change", "Change"),
            Map.entry("obligations", "Obligations"),
            Map.entry("waivers", "Waivers"),
            Map.entry("exemptions", "Waivers"),
            Map.entry("acknowledgements", "Acknowledgements"));

    private static final List<String> ORDER = List.of(
            "Production runs what the record says",
            "Hypercare",
            "Deliverables",
            "Change",
            "Obligations",
            "Waivers",
            "Acknowledgements");

    private static final String OTHER = "Further conditions";

    /** Copies the list. */
    public ProofTree {
        branches = List.copyOf(branches);
    }

    /**
     * A group of conditions.
     *
     * @param required whether anything contributes to it
     */
    public record Branch(String name, boolean required, List<Leaf> leaves) {

        /** Copies the list. */
        public Branch {
            leaves = List.copyOf(leaves);
        }

        /** Whether every condition of it holds. */
        public boolean met() {
            return leaves.stream().allMatch(Leaf::met);
        }

        /** "Holds", "Open" or "Not required". */
        public String state() {
            if (!required) {
                return "Not required";
            }
            return met() ? "Holds" : "Open";
        }
    }

    /**
     * One condition.
     *
     * @param remedies what would change it; empty when it holds
     */
    public record Leaf(String name, boolean met, String evidence, List<String> remedies) {

        /** Copies the list. */
        public Leaf {
            remedies = List.copyOf(remedies);
        }
    }

    static ProofTree of(Instant provenAt, Optional<String> digest, Map<String, Finding> findings) {
        List<String> names = new ArrayList<>(ORDER);
        names.add(OTHER);
        List<Branch> branches = new ArrayList<>();
        for (String name : names) {
            List<Leaf> leaves = findings.entrySet().stream()
                    .filter(entry ->
                            BRANCH_OF.getOrDefault(entry.getKey(), OTHER).equals(name))
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> new Leaf(
                            entry.getKey(),
                            entry.getValue().met(),
                            entry.getValue().evidence(),
                            entry.getValue().remedies()))
                    .toList();
            if (!leaves.isEmpty() || !name.equals(OTHER)) {
                branches.add(new Branch(name, !leaves.isEmpty(), leaves));
            }
        }
        return new ProofTree(provenAt, digest, branches);
    }

    /** Whether every condition holds. */
    public boolean holds() {
        return branches.stream().allMatch(Branch::met);
    }

    /** Number of conditions that do not hold. */
    public long open() {
        return branches.stream()
                .flatMap(branch -> branch.leaves().stream())
                .filter(leaf -> !leaf.met())
                .count();
    }
}
