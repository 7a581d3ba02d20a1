package jp.musubi.arrangement;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Arrangements;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.SendingCaution;
import jp.musubi.platform.web.Text;
import jp.musubi.recipient.Recipients;
import org.springframework.stereotype.Component;

/** Before sending: what differs from the 当事者の並び that was chosen. A difference may be meant. */
@Component
class ArrangementCautions implements SendingCaution {
  private final Arrangements arrangements;
  private final Recipients recipients;

  ArrangementCautions(Arrangements arrangements, Recipients recipients) {
    this.arrangements = arrangements;
    this.recipients = recipients;
  }

  @Override
  public List<Text> of(Particulars draft) {
    var chosen = arrangements.chosenFor(draft.id());
    if (chosen.isEmpty()) {
      return List.of();
    }
    var cautions = new ArrayList<Text>();
    if (!chosen.get().fits(draft)) {
      cautions.add(Text.of("arrangement.caution.differs", chosen.get().name()));
    }
    var wanted = chosen.get().recipients();
    var named = recipients.count(draft.id());
    if (named < wanted.size()) {
      cautions.add(
          Text.of(
              "arrangement.caution.recipients",
              chosen.get().name(),
              String.join("、", wanted),
              String.valueOf(named)));
    }
    return cautions;
  }
}
