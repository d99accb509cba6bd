#include "OptionsBench.h"
#include "endpoint/EndpointFields.h"
#include "endpoint/ProxyChoice.h"
#include "profiles/Profile.h"
#include "support/TestProgram.h"

#include <QApplication>
#include <QSpinBox>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Answer = ControlPolicy::Answer;

class OptionsTest final : public QObject, private OptionsBench
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

    void extremesAreReadBackFromAProfile_data()
    {
        QTest::addColumn<bool>("largest");
        QTest::newRow("smallest") << false;
        QTest::newRow("largest") << true;
    }

    // What the pages take, a profile's file must hold: one that cannot be read is gone from the list.
    void extremesAreReadBackFromAProfile()
    {
        QFETCH(bool, largest);
        Endpoint all = everything();
        // Not kept, on purpose.
        all.tls.verify = true;
        show(all);
        for (QComboBox *box : m_dialog->findChildren<QComboBox *>()) {
            if (box->accessibleName().endsWith(u": unit"))
                box->setCurrentIndex(largest ? box->count() - 1 : 0);
        }
        for (QSpinBox *box : m_dialog->findChildren<QSpinBox *>())
            box->setValue(largest ? box->maximum() : box->minimum());
        for (QDoubleSpinBox *box : m_dialog->findChildren<QDoubleSpinBox *>())
            box->setValue(largest ? box->maximum() : box->minimum());
        Profile profile;
        profile.endpoint = m_dialog->endpoint();
        QCOMPARE(profile.endpoint.reconnect.maximum, largest ? 24h : 1ms);
        QCOMPARE(profile.endpoint.limits.message, largest ? 1024LL * 1024 * 1024 : 1);
        const auto read = profileFromJson(toJson(profile));
        QVERIFY2(read.ok(), qPrintable(read.message()));
        QCOMPARE(toJson(read.value()), toJson(profile));
        QCOMPARE(read.value(), profile);
    }

    void thePagesHaveTheFieldsBounds_data()
    {
        QTest::addColumn<const EndpointField *>("field");
        for (const EndpointField &field : endpointFields()) {
            const bool isNumber = field.kind == EndpointField::Kind::Integer ||
                                  field.kind == EndpointField::Kind::Number ||
                                  field.kind == EndpointField::Kind::Duration;
            // Sizes change their unit: see extremesAreReadBackFromAProfile.
            if (isNumber && field.group() != u"limits")
                QTest::newRow(field.json.data()) << &field;
        }
    }

    void thePagesHaveTheFieldsBounds()
    {
        QFETCH(const EndpointField *, field);
        const double unit = field->kind == EndpointField::Kind::Duration ? 1000
                            : field->json == u"reconnect.jitter"         ? 0.01
                                                                         : 1;
        if (const auto *box = named<QSpinBox>(m_dialog.get(), field->name())) {
            QCOMPARE(double(box->minimum()), field->bounds.lowest);
            QCOMPARE(double(box->maximum()), field->bounds.highest);
            return;
        }
        const auto *box = named<QDoubleSpinBox>(m_dialog.get(), field->name());
        QVERIFY2(box, qPrintable(field->name()));
        QCOMPARE(box->minimum() * unit, field->bounds.lowest);
        QCOMPARE(box->maximum() * unit, field->bounds.highest);
    }

    void thePagesHaveTheFieldsChoices()
    {
        for (const EndpointField &field : endpointFields()) {
            if (field.choices.empty())
                continue;
            const auto *box = named<QComboBox>(m_dialog.get(), field.name());
            QVERIFY2(box, qPrintable(field.name()));
            QCOMPARE(box->count(), std::ssize(field.choices));
            for (qint64 choice = 0; choice < std::ssize(field.choices); ++choice)
                QCOMPARE(box->itemText(box->findData(choice)), field.choiceLabel(choice));
        }
    }

    void theKeyNeedsItsCertificate()
    {
        goTo(u"TLS"_s);
        type(u"Client key"_s, u"/no/such/key.pem"_s);
        QVERIFY2(problems().contains(u"A private key needs its certificate."), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        type(u"Client certificate"_s, u"/no/such/me.pem"_s);
        QVERIFY2(!problems().contains(u"needs its certificate"), qPrintable(problems()));
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

    void keysArePinned()
    {
        goTo(u"TLS"_s);
        const QString pin = u"sha256//"_s + u"A"_s.repeated(43) + u'=';
        type(u"Pinned keys"_s, pin + u", "_s + u"cd"_s.repeated(32));
        QCOMPARE(m_dialog->endpoint().tls.pinnedKeys, (QStringList{pin, u"cd"_s.repeated(32)}));
        QVERIFY(ok()->isEnabled());
        type(u"Pinned keys"_s, u"sha256//AAAA"_s);
        QVERIFY2(problems().contains(u"“sha256//AAAA” is no SHA-256 of a public key"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
    }

    void theProxyIsTyped()
    {
        goTo(u"Proxy"_s);
        QVERIFY(!named<QLineEdit>(m_dialog.get(), u"Proxy host"_s)->isEnabled());
        choose(u"Proxy kind"_s, u"None"_s);
        QCOMPARE(m_dialog->endpoint().proxy, u"none"_s);
        choose(u"Proxy kind"_s, u"HTTP CONNECT"_s);
        QVERIFY2(problems().contains(u"proxy's host"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        type(u"Proxy host"_s, u"p.example"_s);
        type(u"Proxy user"_s, u"me@work"_s);
        type(u"Proxy password"_s, u"a:b/c d"_s);
        QVERIFY(ok()->isEnabled());
        QCOMPARE(m_dialog->endpoint().proxy, u"http://me%40work:a%3Ab%2Fc%20d@p.example"_s);
        type(u"Proxy password"_s, u"s3c\u200bret"_s);
        QVERIFY2(problems().contains(u"The password has an invisible character at character 4"),
                 qPrintable(problems()));
        QVERIFY2(!problems().contains(u"s3c"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        type(u"Proxy password"_s, u"a:b/c d"_s);
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

    void theTabKeyGoesDownThePage()
    {
        goTo(u"TLS"_s);
        auto *first = named<QLineEdit>(m_dialog.get(), u"Extra certificate authority"_s);
        first->setFocus();
        QStringList visited;
        for (int i = 0; i < 10; ++i) {
            visited += QApplication::focusWidget()->accessibleName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        const QStringList expected{u"Extra certificate authority"_s,
                                   u"Browse: Extra certificate authority"_s,
                                   u"Pinned keys"_s,
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
        all.tls.pinnedKeys = {u"sha256//"_s + u"A"_s.repeated(43) + u'=', u"cd"_s.repeated(32)};
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
        all.limits = {768LL * 1024 * 1024, 1'000, 12};
        all.timeouts = {7s, 250ms, 3s};
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
};

SOCKEYE_TEST(OptionsTest, QApplication)
#include "tst_options.moc"
