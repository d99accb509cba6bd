#include "server/Subprotocols.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class SubprotocolsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chooses_data();
    void chooses();
};

void SubprotocolsTest::chooses_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    QTest::addColumn<QList<QByteArray>>("supported");
    QTest::addColumn<QByteArray>("chosen");
    const auto row = [](const char *name, const QList<QByteArray> &offered, const QList<QByteArray> &supported,
                        const char *chosen) { QTest::newRow(name) << offered << supported << QByteArray(chosen); };
    row("nothing offered", {}, {}, "");
    row("nothing offered, something supported", {}, {"a"}, "");
    row("the first offered", {"a", "b"}, {}, "a");
    row("the only one supported", {"a", "b"}, {"b"}, "b");
    row("the server's order", {"a", "b"}, {"c", "b", "a"}, "b");
    row("none of them", {"a", "b"}, {"c"}, "");
    row("another case is another one", {"MQTT"}, {"mqtt"}, "");
    row("no token", {"a b", "c"}, {}, "c");
}

void SubprotocolsTest::chooses()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(QList<QByteArray>, supported);
    QFETCH(QByteArray, chosen);
    QCOMPARE(chooseSubprotocol(offered, supported), chosen);
}

SOCKEYE_TEST(SubprotocolsTest, QCoreApplication)
#include "tst_subprotocols.moc"
