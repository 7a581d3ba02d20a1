package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.PaperConclusion;
import jp.musubi.contract.PaperConclusions;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 紙での締結, on the page of a contract that was moved to paper. */
@Component
class PaperConclusionNotes implements Aside {
  private final PaperConclusions conclusions;

  PaperConclusionNotes(PaperConclusions conclusions) {
    this.conclusions = conclusions;
  }

  private static List<Text> lines(PaperConclusion paper) {
    var scan = Text.of("contract.paperConclusion.scan");
    return paper.keptAt().isEmpty()
        ? List.of(scan)
        : List.of(Text.of("contract.paperConclusion.kept", paper.keptAt()), scan);
  }

  @Override
  public List<Note> of(Particulars contract) {
    if (!contract.state().equals("ON_PAPER")) {
      return List.of();
    }
    var path = "/contracts/%s/paper-conclusion".formatted(contract.id());
    return conclusions
        .of(contract.id())
        .map(paper ->
            new Note(
                "success",
                Text.of("contract.paperConclusion.done", Words.day(paper.on())),
                lines(paper),
                "contract.paperConclusion.correct",
                path,
                true))
        .map(List::of)
        .orElseGet(() ->
            List.of(
                new Note(
                    "info",
                    Text.of("contract.paperConclusion.open"),
                    List.of(Text.of("contract.paperConclusion.open.text")),
                    "contract.paperConclusion.submit",
                    path,
                    true)));
  }
}
