package jp.musubi.bulk;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.contract.AccessCode;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** アクセスコードの一覧. Handed over once, when all that was to leave has left; kept nowhere. */
@Service
@Transactional
class RunCodes {
  private final Runs runs;
  private final RunStore store;
  private final RowStore rows;
  private final CodeSeeds seeds;
  private final Clock clock;

  RunCodes(Runs runs, RunStore store, RowStore rows, CodeSeeds seeds, Clock clock) {
    this.runs = runs;
    this.store = store;
    this.rows = rows;
    this.seeds = seeds;
    this.clock = clock;
  }

  /** An access code with whom it is for. */
  record Code(RowStore.CodeOf of, String code) {
    @Override
    public String toString() {
      return "code of party " + of.party();
    }
  }

  /** What came of asking for the codes. */
  sealed interface Codes {
    /** This once; they cannot be made again. */
    record Taken(List<Code> codes) implements Codes {
      public Taken {
        codes = List.copyOf(codes);
      }
    }

    /** Why not. */
    record Refused(Runs.Refusal why) implements Codes {}
  }

  /** Hands the access codes over, once. */
  public Codes take(UUID id, StaffMember clerk, String clientIp) {
    var run = runs.locked(id, clerk);
    if (rows.counts(id).toSend() > 0) {
      return new Codes.Refused(Runs.Refusal.STILL_LEAVING);
    }
    var seed = store.seed(id);
    if (seed.isEmpty()) {
      return new Codes.Refused(Runs.Refusal.NO_CODES);
    }
    var plain = seeds.plain(id, seed.get());
    var codes =
        rows.codes(id).stream()
            .map(each -> new Code(each, AccessCode.of(plain, each.party())))
            .toList();
    store.codesTaken(id, clock.instant());
    runs.record(clerk, "bulk.codes-taken", run, clientIp, Map.of("codes", codes.size() + ""));
    return new Codes.Taken(codes);
  }
}
