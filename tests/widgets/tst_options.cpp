#include "Sandbox.h"
#include "ScriptedPrompts.h"
#include "widgets/dialogs/HeaderDialog.h"
#include "widgets/dialogs/HeaderTable.h"
#include "widgets/dialogs/OptionsDialog.h"
#include "widgets/dialogs/ProxyChoice.h"
#include "widgets/dialogs/TimeoutsPage.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Answer = ControlPolicy::Answer;

class OptionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { show(Endpoint()); }
    void cleanup() { m_dialog.reset(); }

    void everyOptionComesBackAsItWas_data()
    {
        QTest::addColumn<Endpoint>("endpoint");
        QTest::newRow("new") << Endpoint();
        QTest::newRow("everything") << everything();
        Endpoint odd;
        odd.proxy = u"http://[2001:db8::1]:3128"_s;
        odd.limits.message = 1'000'001;
        odd.timeouts.connect = 1ms;
        odd.timeouts.close = 1'500ms;
        odd.control.pongPayload = QByteArray("\x00\xff", 2);
        odd.reconnect.jitter = 0;
        odd.reconnect.attempts = 0;
        odd.tls.minimumVersion = TlsVersion::Tls10;
        odd.ipPreference = IpPreference::V4;
        QTest::newRow("odd values") << odd;
    }

    void everyOptionComesBackAsItWas()
    {
        QFETCH(Endpoint, endpoint);
        show(endpoint);
        QCOMPARE(m_dialog->endpoint(), endpoint);
        QVERIFY(ok()->isEnabled());
    }

    void aPageIsReset()
    {
        show(everything());
        goTo(u"Timeouts"_s);
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Reset page"_s), Qt::LeftButton);
        Endpoint expected = everything();
        expected.timeouts = {};
        expected.keepalive = {};
        expected.reconnect = {};
        QCOMPARE(m_dialog->endpoint(), expected);
    }

    void tlsIsTyped()
    {
        goTo(u"TLS"_s);
        type(u"Client certificate"_s, u"/no/such/me.pem"_s);
        type(u"Passphrase"_s, u"s3cret"_s);
        type(u"Server name"_s, u"other.example"_s);
        type(u"Application protocols"_s, u"http/1.1, ,h2"_s);
        choose(u"Minimum version"_s, u"TLS 1.3"_s);
        const TlsOptions tls = m_dialog->endpoint().tls;
        QCOMPARE(tls.certificateFile, u"/no/such/me.pem"_s);
        QCOMPARE(tls.passphrase, u"s3cret"_s);
        QCOMPARE(tls.serverName, u"other.example"_s);
        QCOMPARE(tls.alpn, (QStringList{u"http/1.1"_s, u"h2"_s}));
        QCOMPARE(tls.minimumVersion, TlsVersion::Tls13);
        // The file may be on a disk that is not there today: told, not refused.
        QVERIFY2(problems().contains(u"no such file"), qPrintable(problems()));
        QVERIFY(ok()->isEnabled());
        auto *passphrase = named<QLineEdit>(m_dialog.get(), u"Passphrase"_s);
        QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Show: Passphrase"_s), Qt::LeftButton);
        QCOMPARE(passphrase->echoMode(), QLineEdit::Normal);
    }

    void theTrustedCertificateIsForgotten()
    {
        show(everything());
        goTo(u"TLS"_s);
        QVERIFY(named<QLabel>(m_dialog.get(), u"Trusted certificate"_s)->text().startsWith(u"AB:AB:"));
        auto *forget = named<QPushButton>(m_dialog.get(), u"Forget the trusted certificate"_s);
        QTest::mouseClick(forget, Qt::LeftButton);
        QCOMPARE(m_dialog->endpoint().tls.trustedFingerprint, QString());
        QVERIFY(!forget->isVisible());
    }

    void theProxyIsTyped()
    {
        goTo(u"Proxy"_s);
        QVERIFY(!named<QLineEdit>(m_dialog.get(), u"Proxy host"_s)->isEnabled());
        choose(u"Proxy"_s, u"None"_s);
        QCOMPARE(m_dialog->endpoint().proxy, u"none"_s);
        choose(u"Proxy"_s, u"HTTP CONNECT"_s);
        QVERIFY2(problems().contains(u"proxy's host"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        type(u"Proxy host"_s, u"p.example"_s);
        type(u"Proxy user"_s, u"me@work"_s);
        type(u"Proxy password"_s, u"a:b/c d"_s);
        QVERIFY(ok()->isEnabled());
        QCOMPARE(m_dialog->endpoint().proxy, u"http://me%40work:a%3Ab%2Fc%20d@p.example"_s);
        named<QSpinBox>(m_dialog.get(), u"Proxy port"_s)->setValue(3128);
        QVERIFY(m_dialog->endpoint().proxy.endsWith(u"@p.example:3128"));
    }

    void proxiesAreReadBack_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &text : {u""_s, u"none"_s, u"http://h"_s, u"http://h:1"_s, u"socks5://me@h:1080"_s,
                                 u"socks5://me%40x:p%3A%25@[::1]:9"_s})
            QTest::newRow(qPrintable(text)) << text;
    }

    void proxiesAreReadBack()
    {
        QFETCH(QString, text);
        QCOMPARE(textOf(proxyFromText(text)), text);
    }

    void aProxyThatIsNoneIsSeen()
    {
        Endpoint endpoint;
        endpoint.proxy = u"ftp://h:1"_s;
        show(endpoint);
        QVERIFY(!ok()->isEnabled());
        goTo(u"Proxy"_s);
        QVERIFY2(problems().contains(u"ftp://h:1"), qPrintable(problems()));
    }

    void anotherAddressIsTyped()
    {
        goTo(u"Proxy"_s);
        type(u"Connect to"_s, u"192.0.2.7:8443"_s);
        choose(u"Addresses"_s, u"IPv4 only"_s);
        QCOMPARE(m_dialog->endpoint().connectTo, u"192.0.2.7:8443"_s);
        QCOMPARE(m_dialog->endpoint().ipPreference, IpPreference::V4);
        QVERIFY(ok()->isEnabled());
        type(u"Connect to"_s, u"192.0.2.7:844333"_s);
        QVERIFY2(problems().contains(u"844333"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
    }

    void compressionIsTuned()
    {
        goTo(u"Protocol"_s);
        tick(u"client_no_context_takeover"_s);
        named<QSpinBox>(m_dialog.get(), u"server_max_window_bits"_s)->setValue(9);
        QVERIFY(m_dialog->endpoint().deflate.clientNoContextTakeover);
        QCOMPARE(m_dialog->endpoint().deflate.serverMaxWindowBits, 9);
        tick(u"Offer permessage-deflate"_s);
        QVERIFY(!m_dialog->endpoint().deflate.offered);
        QVERIFY(!named(m_dialog.get(), u"server_max_window_bits"_s)->isEnabled());
    }

    void brokenAnswersAreWarnedOf()
    {
        goTo(u"Protocol"_s);
        QVERIFY(!warning()->isVisible());
        choose(u"Close"_s, u"Never"_s);
        QVERIFY(warning()->isVisible());
        QCOMPARE(m_dialog->endpoint().control.close, Answer::Never);
        choose(u"Close"_s, u"At once"_s);
        QVERIFY(!warning()->isVisible());
        choose(u"Pong"_s, u"Delayed by"_s);
        named<QDoubleSpinBox>(m_dialog.get(), u"Pong: delay"_s)->setValue(0.25);
        QVERIFY(warning()->isVisible());
        QCOMPARE(m_dialog->endpoint().control.pong, Answer::Delayed);
        QCOMPARE(m_dialog->endpoint().control.pongDelay, 250ms);
    }

    void thePongsPayloadIsTyped()
    {
        goTo(u"Protocol"_s);
        QVERIFY(m_dialog->endpoint().control.pongPayload.isNull());
        choose(u"Pong payload"_s, u"Text"_s);
        // No bytes at all are another payload than the ping's.
        QVERIFY(!m_dialog->endpoint().control.pongPayload.isNull());
        type(u"Pong payload content"_s, u"hé"_s);
        QCOMPARE(m_dialog->endpoint().control.pongPayload, QByteArray("h\xc3\xa9"));
        choose(u"Pong payload"_s, u"Hex"_s);
        QVERIFY2(problems().contains(u"not hex"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        type(u"Pong payload content"_s, u"0a FF"_s);
        QCOMPARE(m_dialog->endpoint().control.pongPayload, QByteArray("\x0a\xff"));
        type(u"Pong payload content"_s, u"00"_s.repeated(126));
        QVERIFY2(problems().contains(u"126 bytes"), qPrintable(problems()));
    }

    void limitsHaveUnits()
    {
        goTo(u"Protocol"_s);
        auto *number = named<QDoubleSpinBox>(m_dialog.get(), u"Largest message"_s);
        QCOMPARE(number->text(), u"256"_s);
        choose(u"Largest message: unit"_s, u"KiB"_s);
        QCOMPARE(m_dialog->endpoint().limits.message, 256 * 1024);
        number->setFocus();
        number->selectAll();
        QTest::keyClicks(number, u"2000"_s);
        QCOMPARE(m_dialog->endpoint().limits.message, 2'048'000);
    }

    void reconnectingIsSaidInWords_data()
    {
        QTest::addColumn<ReconnectPolicy>("policy");
        QTest::addColumn<QString>("words");
        ReconnectPolicy policy;
        QTest::newRow("as it is") << policy
                                  << u"Waits 1 s, 2 s, 4 s, 8 s, … 30 s, each up to 20 % more or less. Gives up after "
                                     "10 attempts in a row."_s;
        policy.jitter = 0;
        policy.attempts = 2;
        policy.first = 500ms;
        QTest::newRow("twice") << policy << u"Waits 0.5 s, 1 s. Gives up after 2 attempts in a row."_s;
        policy.attempts = 1;
        QTest::newRow("once") << policy << u"Waits 0.5 s. Gives up after 1 attempt."_s;
        policy.attempts = 0;
        policy.factor = 1;
        QTest::newRow("steadily") << policy << u"Waits 0.5 s, 0.5 s, 0.5 s, 0.5 s. Never gives up."_s;
    }

    void reconnectingIsSaidInWords()
    {
        QLocale::setDefault(QLocale::c());
        QFETCH(ReconnectPolicy, policy);
        QTEST(reconnectText(policy), "words");
    }

    void closeCodesAreChecked()
    {
        goTo(u"Timeouts"_s);
        auto *codes = named<QLineEdit>(m_dialog.get(), u"Close codes"_s);
        QVERIFY(!codes->isEnabled());
        tick(u"Automatic reconnect"_s);
        type(u"Close codes"_s, u"1006, 4999"_s);
        QCOMPARE(m_dialog->endpoint().reconnect.closeCodes, (QList<quint16>{1006, 4999}));
        QVERIFY(ok()->isEnabled());
        type(u"Close codes"_s, u"1006 999"_s);
        QVERIFY2(problems().contains(u"1006 999"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        QVERIFY(!m_dialog->findChild<QTabWidget *>()->tabIcon(4).isNull());
        tick(u"Automatic reconnect"_s);
        QVERIFY(ok()->isEnabled());
    }

    void theLongestDelayIsNotTheShortest()
    {
        goTo(u"Timeouts"_s);
        tick(u"Automatic reconnect"_s);
        named<QDoubleSpinBox>(m_dialog.get(), u"Longest delay"_s)->setValue(0.5);
        QVERIFY2(problems().contains(u"shorter than the first"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
    }

    void theTabKeyGoesDownThePage()
    {
        goTo(u"TLS"_s);
        auto *first = named<QLineEdit>(m_dialog.get(), u"Extra certificate authority"_s);
        first->setFocus();
        QStringList visited;
        for (int i = 0; i < 9; ++i) {
            visited += QApplication::focusWidget()->accessibleName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        const QStringList expected{u"Extra certificate authority"_s,
                                   u"Browse: Extra certificate authority"_s,
                                   u"Client certificate"_s,
                                   u"Browse: Client certificate"_s,
                                   u"Client key"_s,
                                   u"Browse: Client key"_s,
                                   u"Passphrase"_s,
                                   u"Show: Passphrase"_s,
                                   u"Minimum version"_s};
        QCOMPARE(visited, expected);
    }

    void aMnemonicGoesToItsField()
    {
        goTo(u"Timeouts"_s);
        QTest::keyClick(m_dialog.get(), Qt::Key_P, Qt::AltModifier);
        QCOMPARE(QApplication::focusWidget(), named(m_dialog.get(), u"Ping interval"_s));
    }

    void everyControlSaysWhatItIs()
    {
        const QList<QWidget *> all = m_dialog->findChildren<QWidget *>();
        for (const QWidget *widget : all) {
            const bool isControl = qobject_cast<const QAbstractButton *>(widget) ||
                                   qobject_cast<const QComboBox *>(widget) ||
                                   qobject_cast<const QAbstractSpinBox *>(widget);
            if (!isControl || widget->parentWidget()->inherits("QTabBar") ||
                widget->parentWidget()->inherits("QDialogButtonBox") ||
                widget->parentWidget()->inherits("QTableWidget"))
                continue;
            if (widget->accessibleName().isEmpty() &&
                widget == m_dialog->findChild<QCheckBox *>({}, Qt::FindDirectChildrenOnly))
                continue; // The profile's tick, hidden until there is a profile.
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(widget->accessibleName()));
        }
    }

    void itFitsASmallScreen()
    {
        QVERIFY2(m_dialog->minimumSizeHint().width() <= 1200 && m_dialog->minimumSizeHint().height() <= 700,
                 qPrintable(
                     u"%1 x %2"_s.arg(m_dialog->minimumSizeHint().width()).arg(m_dialog->minimumSizeHint().height())));
        QVERIFY(m_dialog->height() <= 740);
    }

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
    [[nodiscard]] static Endpoint everything()
    {
        Endpoint all;
        all.url = u"wss://h.example/feed"_s;
        all.headers = {{u"X-A"_s, u"1"_s, true}, {u"X-A"_s, u"2"_s, false}};
        all.subprotocols = {u"b"_s, u"a"_s};
        all.tls.verify = false;
        all.tls.caFile = u"/ca.pem"_s;
        all.tls.certificateFile = u"/cert.pem"_s;
        all.tls.keyFile = u"/key.pem"_s;
        all.tls.passphrase = u" p "_s;
        all.tls.minimumVersion = TlsVersion::Tls12;
        all.tls.serverName = u"other.example"_s;
        all.tls.alpn = {u"http/1.1"_s, u"x"_s};
        all.tls.trustedFingerprint = u"ab"_s.repeated(32);
        all.proxy = u"socks5://me:p%40ss@127.0.0.1:1080"_s;
        all.connectTo = u"[::1]:9001"_s;
        all.ipPreference = IpPreference::V6;
        all.maxRedirects = 3;
        all.deflate = {true, true, true, 10, 12};
        all.control.pong = Answer::Delayed;
        all.control.pongDelay = 1'234ms;
        all.control.pongPayload = "hello";
        all.control.close = Answer::Never;
        all.control.closeDelay = 5s;
        all.limits = {3LL * 1024 * 1024 * 1024, 1'000, 12};
        all.timeouts = {7s, 250ms};
        all.keepalive = {20s, 2};
        all.reconnect.enabled = true;
        all.reconnect.first = 250ms;
        all.reconnect.factor = 1.5;
        all.reconnect.maximum = 60s;
        all.reconnect.jitter = 0.125;
        all.reconnect.attempts = 7;
        all.reconnect.closeCodes = {1001, 1006};
        return all;
    }

    void show(const Endpoint &endpoint)
    {
        m_dialog = std::make_unique<OptionsDialog>(endpoint, m_prompts);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    void goTo(const QString &page)
    {
        auto *tabs = m_dialog->findChild<QTabWidget *>();
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i) == page)
                QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(i).center());
        }
        QCOMPARE(tabs->tabText(tabs->currentIndex()), page);
    }

    void type(const QString &name, const QString &text)
    {
        auto *line = named<QLineEdit>(m_dialog.get(), name);
        QVERIFY2(line && line->isVisible() && line->isEnabled(), qPrintable(name));
        line->clear();
        enter(line, text);
    }

    /// Key by key; QTest has keys for ASCII only.
    static void enter(QLineEdit *line, const QString &text)
    {
        for (const QChar c : text) {
            if (c.unicode() < 128)
                QTest::keyClick(line, c.toLatin1());
            else
                line->insert(c);
        }
    }

    void choose(const QString &name, const QString &text)
    {
        auto *box = named<QComboBox>(m_dialog.get(), name);
        QVERIFY2(box && box->isVisible() && box->findText(text) >= 0, qPrintable(name));
        box->setCurrentIndex(box->findText(text));
    }

    void tick(const QString &name)
    {
        auto *box = named<QCheckBox>(m_dialog.get(), name);
        QVERIFY2(box && box->isVisible(), qPrintable(name));
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    }

    [[nodiscard]] QPushButton *ok() const
    {
        return m_dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }

    /// All that the page in view says.
    [[nodiscard]] QString labels(const char *role = nullptr) const
    {
        QStringList texts;
        const QList<QLabel *> all = m_dialog->findChildren<QLabel *>();
        for (const QLabel *label : all) {
            if (label->isVisible() && (!role || label->property(role).toBool()))
                texts += label->text();
        }
        return texts.join(u'\n');
    }

    [[nodiscard]] QString problems() const { return labels("error") + labels("warning"); }

    [[nodiscard]] QLabel *warning() const
    {
        const QList<QLabel *> all = m_dialog->findChildren<QLabel *>();
        for (QLabel *label : all) {
            if (label->text().contains(u"on purpose"))
                return label;
        }
        return nullptr;
    }

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

    ScriptedPrompts m_prompts;
    std::unique_ptr<OptionsDialog> m_dialog;
};

QTEST_MAIN(OptionsTest)
#include "tst_options.moc"
