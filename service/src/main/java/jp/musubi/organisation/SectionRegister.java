package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 所属の登録. Opens, changes and closes sections from a day on, which may lie ahead: nothing that was is
 * rewritten, so that an old contract still shows its section as it was.
 */
@Service
@Transactional
public class SectionRegister {
  private final SectionStore store;
  private final AuditTrail audit;

  SectionRegister(SectionStore store, AuditTrail audit) {
    this.store = store;
    this.audit = audit;
  }

  /**
   * How a section is to be from a day on.
   *
   * @param parent null at the top
   */
  public record Shape(
      String name, @Nullable UUID parent, @Nullable String phone, @Nullable String mail) {}

  /** What became of a new section. */
  public sealed interface Opened {
    /** It is there. */
    record Done(UUID id) implements Opened {}

    /** It is not. */
    record Refused(OrganisationRefusal reason) implements Opened {}
  }

  /** Every term of every section of the current body. */
  @Transactional(readOnly = true)
  public List<SectionTerm> terms() {
    return store.terms();
  }

  /** The tree of a day. */
  @Transactional(readOnly = true)
  public SectionTree tree(LocalDate day) {
    return SectionTree.on(day, terms());
  }

  /** 所属コード of a section. */
  @Transactional(readOnly = true)
  public String code(UUID section) {
    return Optional.ofNullable(store.codes().get(section))
        .orElseThrow(() -> new NotFound("section " + section));
  }

  /** 所属コード by section. */
  @Transactional(readOnly = true)
  public Map<UUID, String> codes() {
    return store.codes();
  }

  /** Opens a section. */
  public Opened open(
      String code, Shape shape, LocalDate from, Actor actor, @Nullable String clientIp) {
    store.lock();
    if (shape.parent() != null && tree(from).find(shape.parent()).isEmpty()) {
      return new Opened.Refused(new OrganisationRefusal.NotOpenOn(from));
    }
    var id = UUID.randomUUID();
    if (!store.add(id, code)) {
      return new Opened.Refused(new OrganisationRefusal.CodeTaken(code));
    }
    store.begin(id, shape, from);
    audit.record(actor, "section.opened", null, clientIp, facts(id, shape, from));
    return new Opened.Done(id);
  }

  /** Renames or moves a section from a day on; empty when it is done. */
  public Optional<OrganisationRefusal> change(
      UUID id, Shape shape, LocalDate from, Actor actor, @Nullable String clientIp) {
    store.lock();
    var refusal = refuses(id, shape, from);
    if (refusal.isEmpty()) {
      store.endOpenTerm(id, from);
      store.begin(id, shape, from);
      audit.record(actor, "section.changed", null, clientIp, facts(id, shape, from));
    }
    return refusal;
  }

  /** Closes a section from a day on; another takes its work over. Empty when it is done. */
  public Optional<OrganisationRefusal> close(
      UUID id, UUID successor, LocalDate on, Actor actor, @Nullable String clientIp) {
    store.lock();
    var tree = tree(on);
    if (tree.find(id).isEmpty() || tree.find(successor).isEmpty() || id.equals(successor)) {
      return Optional.of(new OrganisationRefusal.NotOpenOn(on));
    }
    if (!tree.below(id).isEmpty()) {
      return Optional.of(new OrganisationRefusal.HasSectionsBelow());
    }
    var later = later(id, on);
    if (later.isPresent()) {
      return later;
    }
    store.endOpenTerm(id, on);
    store.succeed(id, successor);
    audit.record(actor, "section.closed", null, clientIp, facts(id, successor, on));
    return Optional.empty();
  }

  private Optional<OrganisationRefusal> refuses(UUID id, Shape shape, LocalDate from) {
    var terms = terms();
    if (SectionTree.on(from, terms).find(id).isEmpty()) {
      return Optional.of(new OrganisationRefusal.NotOpenOn(from));
    }
    var later = later(id, from);
    if (later.isPresent() || shape.parent() == null) {
      return later;
    }
    if (SectionTree.on(from, terms).find(shape.parent()).isEmpty()) {
      return Optional.of(new OrganisationRefusal.NotOpenOn(from));
    }
    // Others may already be going to move later; on none of those days may it go round.
    var days = new TreeSet<LocalDate>();
    days.add(from);
    terms.stream().map(SectionTerm::from).filter(day -> day.isAfter(from)).forEach(days::add);
    for (var day : days) {
      if (SectionTree.on(day, terms).path(shape.parent()).contains(id)) {
        return Optional.of(new OrganisationRefusal.GoesInACircle());
      }
    }
    return Optional.empty();
  }

  private Optional<OrganisationRefusal> later(UUID id, LocalDate from) {
    return terms().stream()
        .filter(term -> term.section().equals(id) && term.settles(from))
        .findFirst()
        .map(term -> new OrganisationRefusal.LaterTermExists(settled(term, from)));
  }

  private static LocalDate settled(SectionTerm term, LocalDate from) {
    return term.from().isBefore(from) && term.until() != null ? term.until() : term.from();
  }

  /** What the record says of a section that opens or changes. */
  static Map<String, String> facts(UUID id, Shape shape, LocalDate from) {
    return Map.of(
        "section",
        id.toString(),
        "name",
        shape.name(),
        "parent",
        shape.parent() == null ? "" : shape.parent().toString(),
        "from",
        from.toString());
  }

  /** What the record says of a section that closes. */
  static Map<String, String> facts(UUID id, UUID successor, LocalDate on) {
    return Map.of("section", id.toString(), "successor", successor.toString(), "on", on.toString());
  }
}
