package jp.musubi.mapping;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 対応付けの登録. The current body's mappings; each change is on record with what holds from then on. */
@Service
@Transactional
public class Mappings {
  private final MappingStore store;
  private final AuditTrail audit;
  private final Clock clock;

  Mappings(MappingStore store, AuditTrail audit, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a step. */
  public enum Outcome {
    /** It is so. */
    DONE,
    /** Another of that name is in use. */
    NAME_TAKEN,
    /** There are as many as there may be. */
    TOO_MANY,
    /** Somebody changed it since it was read. */
    CHANGED_MEANWHILE
  }

  /** Those in use. */
  @Transactional(readOnly = true)
  public List<Mapping> open() {
    return store.open();
  }

  /** Those in use for a kind of list. */
  @Transactional(readOnly = true)
  public List<Mapping> of(Target target) {
    return store.open().stream().filter(each -> each.target() == target).toList();
  }

  /** One in use. */
  @Transactional(readOnly = true)
  public Mapping get(UUID id) {
    return store.find(id).orElseThrow(() -> new NotFound("mapping " + id));
  }

  /** Adds a mapping. */
  public Outcome add(Mapping mapping, Actor by, @Nullable String clientIp) {
    store.lock();
    if (store.open().size() >= Mapping.MOST) {
      return Outcome.TOO_MANY;
    }
    if (isTaken(mapping)) {
      return Outcome.NAME_TAKEN;
    }
    store.insert(mapping, clock.instant());
    enter("settings.mapping-added", mapping, by, clientIp);
    return Outcome.DONE;
  }

  /** Changes a mapping, over the version that was read. */
  public Outcome change(Mapping mapping, Actor by, @Nullable String clientIp) {
    store.lock();
    if (isTaken(mapping)) {
      return Outcome.NAME_TAKEN;
    }
    if (!store.update(mapping, clock.instant())) {
      return Outcome.CHANGED_MEANWHILE;
    }
    enter("settings.mapping-changed", mapping, by, clientIp);
    return Outcome.DONE;
  }

  /** 使わない: it is offered no more; what was read by it stays. */
  public void end(UUID id, Actor by, @Nullable String clientIp) {
    store
        .find(id)
        .ifPresent(mapping -> {
          store.end(id, clock.instant());
          enter("settings.mapping-ended", mapping, by, clientIp);
        });
  }

  private boolean isTaken(Mapping mapping) {
    return store.open().stream()
        .anyMatch(each -> each.name().equals(mapping.name()) && !each.id().equals(mapping.id()));
  }

  private void enter(String action, Mapping mapping, Actor by, @Nullable String clientIp) {
    audit.record(
        by,
        action,
        null,
        clientIp,
        Map.of(
            "mapping",
            mapping.id().toString(),
            "name",
            mapping.name(),
            "layout",
            mapping.layout().toString(),
            "rules",
            MappingStore.json(mapping.rules())));
  }
}
