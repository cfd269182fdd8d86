package io.slipway.scope;

import io.slipway.platform.text.Beginning;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An item that may be part of a release, with the decision on it in one round. */
@Entity
@Table(name = "scope_item")
public class ScopeItem {

    static final int LONGEST_REASON = 2100;

    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    private @Nullable UUID id;

    @Embedded
    private ScopeRound.Id scope;

    @Column(name = "item_position")
    private int position;

    @Column(name = "item_key")
    private String key;

    private String title;

    @Enumerated(EnumType.STRING)
    private ItemKind kind;

    @Column(name = "item_value")
    private int value;

    private int effort;
    private int risk;
    private boolean breaking;
    private boolean dataMigration;
    private String dependsOn;
    private @Nullable String component;
    private @Nullable String ownerId;
    private @Nullable String dueOn;
    private boolean critical;
    private boolean userVisible;

    @Enumerated(EnumType.STRING)
    private ItemDecision decision;

    private String reason;

    @SuppressWarnings("NullAway.Init")
    protected ScopeItem() {}

    ScopeItem(ScopeRound.Id scope, int position, NewItem item) {
        this.scope = scope;
        this.position = position;
        this.key = item.key();
        this.title = item.title();
        this.kind = item.kind();
        this.value = item.value();
        this.effort = item.effort();
        this.risk = item.risk();
        this.breaking = item.breaking();
        this.dataMigration = item.dataMigration();
        this.dependsOn = String.join(" ", item.dependsOn());
        this.component = item.component();
        this.ownerId = item.owner();
        this.dueOn = item.due() == null ? null : item.due().toString();
        this.critical = item.critical();
        this.userVisible = item.userVisible();
        this.decision = ItemDecision.OPEN;
        this.reason = "";
    }

    /** Number of the round in which it was decided on. */
    public int round() {
        return scope.round();
    }

    /** What people call it. */
    public String key() {
        return key;
    }

    /** What it is about; plain text. */
    public String title() {
        return title;
    }

    /** Why it is wanted. */
    public ItemKind kind() {
        return kind;
    }

    /** What it is worth, 0 to 100. */
    public int value() {
        return value;
    }

    /** Person days. */
    public int effort() {
        return effort;
    }

    /** 1 (low) to 5 (high). */
    public int risk() {
        return risk;
    }

    /** Whether users of the system have to adapt to it. */
    public boolean breaking() {
        return breaking;
    }

    /** Whether it changes stored data. */
    public boolean dataMigration() {
        return dataMigration;
    }

    /** Keys of the items that it needs. */
    public List<String> dependsOn() {
        return dependsOn.isEmpty() ? List.of() : List.of(dependsOn.split(" ", -1));
    }

    /** Part of the system that it changes. */
    public Optional<String> component() {
        return Optional.ofNullable(component);
    }

    /** Person who speaks for it. */
    public Optional<String> owner() {
        return Optional.ofNullable(ownerId);
    }

    /** Day until which it has to be delivered. */
    public Optional<LocalDate> due() {
        return Optional.ofNullable(dueOn).map(LocalDate::parse);
    }

    /** Whether it must not be left out without a negotiation, whatever its kind. */
    public boolean critical() {
        return critical;
    }

    /** Whether users see it, so that they are told and trained before. */
    public boolean userVisible() {
        return userVisible;
    }

    /** Whether it is part of the release. */
    public ItemDecision decision() {
        return decision;
    }

    /** Why; empty while nothing is decided. */
    public String reason() {
        return reason;
    }

    boolean included() {
        return decision == ItemDecision.INCLUDED;
    }

    void decide(boolean included, String why) {
        decide(included ? ItemDecision.INCLUDED : ItemDecision.LEFT_OUT, why);
    }

    void defer(String why) {
        decide(ItemDecision.DEFERRED, why);
    }

    private void decide(ItemDecision how, String why) {
        this.decision = how;
        this.reason = Beginning.marked(why, LONGEST_REASON);
    }

    NewItem asNew() {
        return new NewItem(
                key,
                title,
                kind,
                value,
                effort,
                risk,
                breaking,
                dataMigration,
                dependsOn(),
                component,
                ownerId,
                due().orElse(null),
                critical,
                userVisible);
    }

    /** What an approval signs of it. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("key", key);
        facts.put("title", title);
        facts.put("kind", kind.word());
        facts.put("value", value);
        facts.put("effort", effort);
        facts.put("risk", risk);
        facts.put("breaking", breaking);
        facts.put("dataMigration", dataMigration);
        facts.put("dependsOn", dependsOn());
        component().ifPresent(named -> facts.put("component", named));
        owner().ifPresent(person -> facts.put("owner", person));
        due().ifPresent(day -> facts.put("due", day.toString()));
        if (critical) {
            facts.put("critical", true);
        }
        if (userVisible) {
            facts.put("userVisible", true);
        }
        facts.put("decision", decision.name());
        facts.put("reason", reason);
        return facts;
    }
}
