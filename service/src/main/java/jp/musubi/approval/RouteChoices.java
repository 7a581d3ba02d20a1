package jp.musubi.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Option;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a route can be for and who can stand in it.
 *
 * @param sections the whole body first
 * @param kinds all kinds first
 * @param posts those that carry the right to approve; nobody first
 */
record RouteChoices(List<Option> sections, List<Option> kinds, List<Option> posts) {

  /** Finds the choices of the current body. */
  @Component
  @Transactional(readOnly = true)
  static class Source {
    private final JdbcClient jdbc;
    private final SectionRegister sections;
    private final Organisations organisations;
    private final Book book;

    Source(JdbcClient jdbc, SectionRegister sections, Organisations organisations, Book book) {
      this.jdbc = jdbc;
      this.sections = sections;
      this.organisations = organisations;
      this.book = book;
    }

    /** Today's. */
    RouteChoices now() {
      var tree = sections.tree(organisations.today());
      var places = new ArrayList<Option>();
      places.add(new Option("", book.of("approval.route.wholeBody")));
      tree.inOrder()
          .forEach(placed ->
              places.add(
                  new Option(
                      placed.term().section().toString(),
                      "　".repeat(placed.depth()) + placed.term().name())));
      var kinds = new ArrayList<Option>();
      kinds.add(new Option("", book.of("approval.route.anyKind")));
      for (var kind : ContractKind.values()) {
        kinds.add(new Option(kind.name(), book.of("contract.kind." + kind)));
      }
      var posts = new ArrayList<Option>();
      posts.add(new Option("", book.of("approval.route.nobody")));
      jdbc.sql(
              """
              select id, section_id, title from post
               where closed_on is null and 'APPROVER' = any(carries) order by title, id
              """)
          .query((row, _) ->
              new Option(
                  row.getObject("id", UUID.class).toString(),
                  row.getString("title")
                      + "（"
                      + tree.fullName(row.getObject("section_id", UUID.class))
                      + "）"))
          .list()
          .forEach(posts::add);
      return new RouteChoices(List.copyOf(places), List.copyOf(kinds), List.copyOf(posts));
    }
  }
}
