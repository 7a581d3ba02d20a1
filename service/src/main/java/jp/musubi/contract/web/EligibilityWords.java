package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.Eligibility.Reason;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** Says why a contract may not be electronic, or what is open about it. */
@Component
class EligibilityWords {
  private final Words words;

  EligibilityWords(Words words) {
    this.words = words;
  }

  List<Text> of(List<Reason> reasons) {
    return reasons.stream().map(this::of).toList();
  }

  /** A key and what stands in its gaps; what is only open has a heading and a text below it. */
  Text of(Reason reason) {
    return switch (reason) {
      case Reason.ByLaw(var law) -> Text.of("eligibility.reason.law." + law);
      case Reason.TooLong(var years) -> Text.of("eligibility.reason.long", years(years));
      case Reason.TooLongWithKeeping(var years, var keeping) ->
          Text.of("eligibility.reason.longWithKeeping", years(years), years(keeping));
      case Reason.Renews _ -> Text.of("eligibility.reason.renews");
      case Reason.CouncilVote _ -> Text.of("eligibility.reason.council");
      case Reason.OfKind(var kind) ->
          Text.of("eligibility.reason.kind", words.of("contract.kind." + kind));
      case Reason.TooDear(var most) -> Text.of("eligibility.reason.dear", Yen.format(most));
      case Reason.PeriodOpen(var years) -> Text.of("eligibility.open.period", years(years));
      case Reason.MayOutlast(var years) -> Text.of("eligibility.open.renews", years(years));
      case Reason.SumOpen(var most) -> Text.of("eligibility.open.sum", Yen.format(most));
    };
  }

  private static String years(int years) {
    return String.valueOf(years);
  }
}
