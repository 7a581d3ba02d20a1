package jp.musubi.contract.web;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.contract.CouncilVote;
import jp.musubi.contract.CouncilVote.Outcome;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** 議会の議決 as typed. */
record CouncilVoteForm(
    @Nullable String outcome, @Nullable String bill, @Nullable String decidedOn) {

  static CouncilVoteForm of(CouncilVote vote) {
    return switch (vote) {
      case CouncilVote.Awaited _ -> new CouncilVoteForm("", "", "");
      case CouncilVote.Decided(var outcome, var bill, var day) ->
          new CouncilVoteForm(outcome.name(), bill, Words.day(day));
    };
  }

  /** The vote; no vote is known before it was taken. */
  Optional<CouncilVote.Decided> read(FormReader reader, LocalDate today) {
    var said =
        Arrays.stream(Outcome.values()).filter(each -> each.name().equals(outcome)).findFirst();
    if (said.isEmpty()) {
      reader.reject("outcome", "contract.wrong.choose");
    }
    var number = reader.line("bill", bill, 100, true);
    if (decidedOn == null || decidedOn.isBlank()) {
      reader.reject("decidedOn", "web.wrong.empty");
    }
    var day = reader.day("decidedOn", decidedOn);
    if (day.filter(on -> on.isAfter(today)).isPresent()) {
      reader.reject("decidedOn", "contract.council.wrong.future");
    }
    return reader.wrong().isEmpty()
        ? Optional.of(new CouncilVote.Decided(said.orElseThrow(), number, day.orElseThrow()))
        : Optional.empty();
  }

  List<Field> fields(Map<String, Text> wrong, Words words) {
    return List.of(
        Field.required("outcome", "contract.council.outcome")
            .offering(
                Arrays.stream(Outcome.values())
                    .map(each -> new Option(each.name(), words.of("contract.council." + each)))
                    .toList())
            .with(outcome)
            .wrong(wrong.get("outcome")),
        Field.required("bill", "contract.council.bill")
            .hinted("contract.council.bill.hint")
            .with(bill)
            .wrong(wrong.get("bill")),
        Field.required("decidedOn", "contract.council.day")
            .hinted("contract.council.day.hint")
            .with(decidedOn)
            .wrong(wrong.get("decidedOn")));
  }
}
