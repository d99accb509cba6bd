#include "OptionsBench.h"
#include "support/TestProgram.h"
#include "widgets/options/HeaderDialog.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QTableWidget>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class RequestOptionsTest final : public QObject, private OptionsBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { show(Endpoint()); }
    void cleanup() { m_dialog.reset(); }

    void headersArePastedAndTold()
    {
        QGuiApplication::clipboard()->setText(u"curl ws://h/ -H 'X-A: 1' -H 'Upgrade: websocket'"_s);
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Add the headers on the clipboard, a line each"_s),
                          Qt::LeftButton);
        QCOMPARE(m_dialog->endpoint().headers, (QList<RequestHeader>{{u"X-A"_s, u"1"_s, true}}));
        QVERIFY2(labels().contains(u"1 header was taken."), qPrintable(labels()));
        QVERIFY2(labels().contains(u"Upgrade"), qPrintable(labels()));
    }

    void commonHeadersAreMade()
    {
        Endpoint endpoint;
        endpoint.url = u"ws://h.example/"_s;
        show(endpoint);
        addCommon(u"Basic"_s, {{u"User"_s, u"me"_s}, {u"Password"_s, u"pä:ss"_s}});
        QCOMPARE(m_dialog->endpoint().headers.last(),
                 (RequestHeader{u"Authorization"_s, u"Basic bWU6cMOkOnNz"_s, true}));
        // There is one Authorization: the token takes its place.
        addCommon(u"Bearer"_s, {{u"Token"_s, u"abc.def"_s}});
        QCOMPARE(m_dialog->endpoint().headers, (QList<RequestHeader>{{u"Authorization"_s, u"Bearer abc.def"_s, true}}));
        addCommon(u"Cookie"_s, {{u"Cookie name"_s, u"a"_s}, {u"Cookie value"_s, u"1"_s}});
        addCommon(u"Cookie"_s, {{u"Cookie name"_s, u"b"_s}, {u"Cookie value"_s, u"2"_s}});
        QCOMPARE(m_dialog->endpoint().headers.last(), (RequestHeader{u"Cookie"_s, u"a=1; b=2"_s, true}));
        QVERIFY(m_dialog->previewText().contains(u"Cookie: a=1; b=2"_s));
    }

    void commonHeadersAreSuggested()
    {
        Endpoint endpoint;
        endpoint.url = u"wss://me@h.example:8443/feed"_s;
        show(endpoint);
        common(u"Origin"_s)->trigger();
        common(u"Host"_s)->trigger();
        QCOMPARE(m_dialog->endpoint().headers, (QList<RequestHeader>{{u"Origin"_s, u"https://h.example:8443"_s, true},
                                                                     {u"Host"_s, u"h.example:8443"_s, true}}));
        // Asked for again it is the one that is there.
        common(u"Origin"_s)->trigger();
        QCOMPARE(m_dialog->endpoint().headers.size(), 2);
    }

    void theQueryIsATable()
    {
        Endpoint endpoint;
        endpoint.url = u"ws://h.example/a?x=1&y=%7e&flag"_s;
        show(endpoint);
        goTo(u"Query"_s);
        auto *table = named<QTableWidget>(m_dialog.get(), u"Query"_s);
        QVERIFY(table && table->isVisible());
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->item(1, 1)->text(), u"~"_s);
        QCOMPARE(m_dialog->endpoint().url, endpoint.url);

        table->item(0, 1)->setText(u"a b&c"_s);
        QCOMPARE(m_dialog->endpoint().url, u"ws://h.example/a?x=a%20b%26c&y=%7e&flag"_s);
        QVERIFY(m_dialog->previewText().contains(u"GET /a?x=a%20b%26c&y=%7e&flag HTTP/1.1"_s));
        table->item(0, 1)->setText(u"1"_s);
        QCOMPARE(m_dialog->endpoint().url, endpoint.url);

        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Add a query item"_s), Qt::LeftButton);
        // Nothing stands in it yet.
        QCOMPARE(m_dialog->endpoint().url, endpoint.url);
        QTest::keyClicks(QApplication::focusWidget(), u"n"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(table->item(3, 0)->text(), u"n"_s);
        table->item(3, 1)->setText(u"v"_s);
        QCOMPARE(m_dialog->endpoint().url, u"ws://h.example/a?x=1&y=%7e&flag&n=v"_s);
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Move the selected query item up"_s), Qt::LeftButton);
        QCOMPARE(m_dialog->endpoint().url, u"ws://h.example/a?x=1&y=%7e&n=v&flag"_s);

        table->setFocus();
        table->selectRow(1);
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(m_dialog->endpoint().url, u"ws://h.example/a?x=1&n=v&flag"_s);
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Reset page"_s), Qt::LeftButton);
        QCOMPARE(m_dialog->endpoint().url, endpoint.url);
    }

    void aQueryThatIsNotEditedStays_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url : {"ws://h/", "ws://h/?", "ws://h/?&&=", "ws://h/?a=%zz+%20", "bad ?x"})
            QTest::newRow(url) << QString::fromLatin1(url);
    }

    void aQueryThatIsNotEditedStays()
    {
        QFETCH(QString, url);
        Endpoint endpoint;
        endpoint.url = url;
        show(endpoint);
        QCOMPARE(m_dialog->endpoint().url, url);
    }

    void whatIsDoneWithTheOptionsIsChosen()
    {
        Endpoint endpoint;
        show(endpoint);
        // There is nothing to connect to.
        QVERIFY(!named<QPushButton>(m_dialog.get(), u"Connect"_s)->isEnabled());
        endpoint.url = u"ws://h/"_s;
        show(endpoint);
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Connect"_s), Qt::LeftButton);
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        QCOMPARE(m_dialog->then(), OptionsDialog::Then::Connect);
        show(endpoint);
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Save as profile…"_s), Qt::LeftButton);
        QCOMPARE(m_dialog->then(), OptionsDialog::Then::SaveAsProfile);
        show(endpoint);
        QTest::mouseClick(ok(), Qt::LeftButton);
        QCOMPARE(m_dialog->then(), OptionsDialog::Then::Use);
    }

    void aSecretIsHiddenInThePreviewToo_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("hidden");
        QTest::addColumn<QString>("shown");
        QTest::newRow("basic") << int(HeaderDialog::Kind::Basic) << u"Authorization: Basic ••••••••"_s
                               << u"Authorization: Basic bWU6czNjcmV0"_s;
        QTest::newRow("bearer") << int(HeaderDialog::Kind::Bearer) << u"Authorization: Bearer ••••••••"_s
                                << u"Authorization: Bearer s3cret"_s;
        QTest::newRow("cookie") << int(HeaderDialog::Kind::Cookie) << u"Cookie: me=••••••••"_s
                                << u"Cookie: me=s3cret"_s;
    }

    void aSecretIsHiddenInThePreviewToo()
    {
        QFETCH(int, kind);
        HeaderDialog dialog(static_cast<HeaderDialog::Kind>(kind));
        dialog.show();
        const QList<QLineEdit *> edits = dialog.findChildren<QLineEdit *>();
        edits.last()->setText(u"s3cret"_s);
        if (edits.size() > 1)
            edits.first()->setText(u"me"_s);
        const auto *preview = named<QLabel>(&dialog, u"Header"_s);
        QTEST(preview->text(), "hidden");
        for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
            if (button->accessibleName().startsWith(u"Show: "))
                button->click();
        }
        QTEST(preview->text(), "shown");
    }

    void invisibleCharactersAreNamedUntilTheyMayBeSent()
    {
        Endpoint endpoint;
        endpoint.url = u"ws://h/"_s;
        endpoint.headers = {{u"X-A"_s, u"a\u200db"_s, true}};
        show(endpoint);
        QVERIFY2(problems().contains(u"U+200D zero width joiner"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        named<QCheckBox>(m_dialog.get(), u"Send invisible characters"_s)->click();
        QVERIFY2(!problems().contains(u"U+200D"), qPrintable(problems()));
        QVERIFY(ok()->isEnabled());
        QVERIFY(m_dialog->endpoint().sendInvisible);
        QVERIFY2(m_dialog->endpoint().headers == endpoint.headers, "the text stays");
    }

    void aPasswordWithAnInvisibleCharacterIsWorthALook()
    {
        HeaderDialog dialog(HeaderDialog::Kind::Basic);
        dialog.show();
        const QList<QLineEdit *> edits = dialog.findChildren<QLineEdit *>();
        edits.first()->setText(u"me"_s);
        edits.last()->setText(u"s3c\ufeff"_s);
        QString said;
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            said += label->isVisible() ? label->text() : QString();
        QVERIFY2(said.contains(u"at character 4: U+FEFF byte order mark"), qPrintable(said));
        // It may be meant.
        QVERIFY(dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled());
    }

    void ticksSayWhichHeaderTheyAreFor()
    {
        Endpoint endpoint;
        endpoint.headers = {{u"X-A"_s, u"1"_s, true}};
        show(endpoint);
        auto *table = named<QTableWidget>(m_dialog.get(), u"Headers"_s);
        const auto said = [table] { return table->item(0, 0)->data(Qt::AccessibleTextRole).toString(); };
        QCOMPARE(said(), u"Send X-A"_s);
        table->item(0, 1)->setText(u"X-B"_s);
        QCOMPARE(said(), u"Send X-B"_s);
        QCOMPARE(m_dialog->endpoint().headers.first().name, u"X-B"_s);
    }

    void whatIsNoHeaderIsNotMade_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("secret");
        QTest::newRow("nothing") << int(HeaderDialog::Kind::Bearer) << QString() << QString();
        QTest::newRow("user with a colon") << int(HeaderDialog::Kind::Basic) << u"a:b"_s << u"x"_s;
        QTest::newRow("token with a space") << int(HeaderDialog::Kind::Bearer) << QString() << u"a b"_s;
        QTest::newRow("cookie's name") << int(HeaderDialog::Kind::Cookie) << u"a=b"_s << u"x"_s;
        QTest::newRow("cookie's value") << int(HeaderDialog::Kind::Cookie) << u"a"_s << u"x; y"_s;
    }

    void whatIsNoHeaderIsNotMade()
    {
        QFETCH(int, kind);
        QFETCH(QString, name);
        QFETCH(QString, secret);
        HeaderDialog dialog(static_cast<HeaderDialog::Kind>(kind));
        dialog.show();
        const QList<QLineEdit *> edits = dialog.findChildren<QLineEdit *>();
        edits.last()->setText(secret);
        if (edits.size() > 1)
            edits.first()->setText(name);
        QVERIFY(!dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled());
    }

private:
    [[nodiscard]] QAction *common(const QString &text) const
    {
        const QList<QAction *> actions =
            named<QPushButton>(m_dialog.get(), u"Add a common header"_s)->menu()->actions();
        for (QAction *action : actions) {
            if (action->text().remove(u'&').startsWith(text))
                return action;
        }
        return nullptr;
    }

    void addCommon(const QString &text, const QList<QPair<QString, QString>> &fields)
    {
        common(text)->trigger();
        auto *dialog = m_dialog->findChild<HeaderDialog *>();
        QVERIFY(dialog);
        for (const auto &[name, value] : fields)
            enter(named<QLineEdit>(dialog, name), value);
        QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
        QTRY_VERIFY(!m_dialog->findChild<HeaderDialog *>());
    }
};

SOCKEYE_TEST(RequestOptionsTest, QApplication)
#include "tst_requestoptions.moc"
