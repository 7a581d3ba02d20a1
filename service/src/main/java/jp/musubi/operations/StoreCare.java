package jp.musubi.operations;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Finding;
import jp.musubi.vault.Room;
import jp.musubi.vault.Standing;
import jp.musubi.vault.VaultCare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 原本の手入れ, body by body, no more at a time than was agreed; what is found and repaired is in the
 * body's record.
 */
final class StoreCare {
  private static final Logger LOG = LoggerFactory.getLogger(StoreCare.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "store", "むすび");

  private final Organisations organisations;
  private final VaultCare care;
  private final Room room;
  private final AuditTrail audit;
  private final long most;

  StoreCare(Organisations organisations, VaultCare care, Room room, AuditTrail audit, long most) {
    this.organisations = organisations;
    this.care = care;
    this.room = room;
    this.audit = audit;
    this.most = most;
  }

  /** How one body's objects stand. */
  record Line(Body body, Standing standing) {}

  /**
   * One run over all bodies.
   *
   * @param stops whether the service is going down, which waits for nothing that can wait
   */
  void run(BooleanSupplier stops) {
    var left = most;
    for (var body : organisations.bodies()) {
      left -= look(body, left, stops);
    }
  }

  /** Whether there is a second store. */
  boolean hasSecondStore() {
    return care.hasSecondStore();
  }

  /** How the objects of every body stand. */
  List<Line> standings() {
    return organisations.bodies().stream()
        .map(body -> new Line(body, Tenancy.in(body.id(), care::standing)))
        .toList();
  }

  /**
   * What all files will take, and until when there is room; empty when a device does not say how
   * much it has.
   */
  Optional<Outlook> outlook(List<Line> lines, Instant now) {
    var held = lines.stream().mapToLong(line -> line.standing().bytes()).sum();
    var growths =
        lines.stream()
            .map(line -> Tenancy.in(line.body().id(), () -> care.growth(Outlook.since(now))))
            .toList();
    try {
      return Optional.of(Outlook.of(held, growths, room.left(), now));
    } catch (IOException e) {
      LOG.error("the devices of the store do not say how much room they have", e);
      return Optional.empty();
    }
  }

  /** One body's trouble must not keep the others waiting. */
  long look(Body body, long left, BooleanSupplier stops) {
    try {
      return Tenancy.in(body.id(), () -> care.run(left, new Recorded(stops)));
    } catch (RuntimeException e) {
      LOG.error("the stored files of body {} could not be looked after", body.code(), e);
      return 0;
    }
  }

  /** Writes into the body's record. */
  private final class Recorded implements VaultCare.Told {
    private final BooleanSupplier stops;

    Recorded(BooleanSupplier stops) {
      this.stops = stops;
    }

    @Override
    public boolean leavesTheRest() {
      return stops.getAsBoolean();
    }

    @Override
    public void found(Finding finding) {
      record("object.found-damaged", finding);
    }

    @Override
    public void repaired(Finding finding) {
      record("object.repaired", finding);
    }

    private void record(String action, Finding finding) {
      audit.record(
          SERVICE,
          action,
          null,
          null,
          Map.of(
              "document",
              finding.digest().hex(),
              "store",
              finding.store().name(),
              "condition",
              finding.condition().name(),
              "by",
              finding.by().name()));
    }
  }
}
