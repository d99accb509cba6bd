#include "integration/HarRules.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <initializer_list>

namespace sockeye::test {
namespace {

/// Collects the first thing that is wrong, with its path.
class HarChecker final
{
public:
    [[nodiscard]] QString problem() const { return m_problem; }

    void checkLog(const QJsonObject &log)
    {
        expect(log, "log", "version", QJsonValue::String);
        require(log[u"version"] == QStringLiteral("1.2"), "log.version is not 1.2");
        strings(log[u"creator"].toObject(), "log.creator", {"name", "version"});
        expect(log, "log", "entries", QJsonValue::Array);
        require(!log[u"entries"].toArray().isEmpty(), "log.entries is empty");
        for (const QJsonValue &entry : log[u"entries"].toArray())
            checkEntry(entry.toObject());
    }

private:
    void require(bool holds, const char *what)
    {
        if (!holds && m_problem.isEmpty())
            m_problem = QString::fromLatin1(what);
    }
    void expect(const QJsonObject &object, const char *path, const char *name, QJsonValue::Type type)
    {
        if (object.value(QLatin1StringView(name)).type() != type && m_problem.isEmpty())
            m_problem = QStringLiteral("%1.%2 is missing or of the wrong type")
                            .arg(QLatin1StringView(path), QLatin1StringView(name));
    }
    void strings(const QJsonObject &object, const char *path, std::initializer_list<const char *> names)
    {
        for (const char *name : names)
            expect(object, path, name, QJsonValue::String);
    }
    void numbers(const QJsonObject &object, const char *path, std::initializer_list<const char *> names)
    {
        for (const char *name : names)
            expect(object, path, name, QJsonValue::Double);
    }
    void pairs(const QJsonObject &object, const char *path, const char *name)
    {
        expect(object, path, name, QJsonValue::Array);
        for (const QJsonValue &pair : object.value(QLatin1StringView(name)).toArray())
            strings(pair.toObject(), name, {"name", "value"});
    }

    void checkEntry(const QJsonObject &entry)
    {
        strings(entry, "entry", {"startedDateTime"});
        require(QDateTime::fromString(entry[u"startedDateTime"].toString(), Qt::ISODateWithMs).isValid(),
                "entry.startedDateTime is no ISO 8601 time");
        numbers(entry, "entry", {"time"});
        expect(entry, "entry", "cache", QJsonValue::Object);
        checkRequest(entry[u"request"].toObject());
        checkResponse(entry[u"response"].toObject());
        checkTimings(entry[u"timings"].toObject(), entry[u"time"].toDouble());
        expect(entry, "entry", "_webSocketMessages", QJsonValue::Array);
        for (const QJsonValue &message : entry[u"_webSocketMessages"].toArray())
            checkMessage(message.toObject());
    }
    void checkRequest(const QJsonObject &request)
    {
        strings(request, "request", {"method", "url", "httpVersion"});
        pairs(request, "request", "cookies");
        pairs(request, "request", "headers");
        pairs(request, "request", "queryString");
        numbers(request, "request", {"headersSize", "bodySize"});
        require(!request[u"headers"].toArray().isEmpty(), "request.headers is empty");
    }
    void checkResponse(const QJsonObject &response)
    {
        numbers(response, "response", {"status", "headersSize", "bodySize"});
        strings(response, "response", {"statusText", "httpVersion", "redirectURL"});
        pairs(response, "response", "cookies");
        pairs(response, "response", "headers");
        const QJsonObject content = response[u"content"].toObject();
        numbers(content, "response.content", {"size"});
        strings(content, "response.content", {"mimeType"});
    }
    void checkTimings(const QJsonObject &timings, double total)
    {
        numbers(timings, "timings", {"send", "wait", "receive"});
        double sum = 0;
        for (const char *name : {"blocked", "dns", "connect", "send", "wait", "receive"}) {
            const double time = timings.value(QLatin1StringView(name)).toDouble(-1);
            require(time >= 0 || time == -1.0, "a timing is negative and not -1");
            sum += time > 0 ? time : 0;
        }
        for (const char *name : {"send", "wait", "receive"})
            require(timings.value(QLatin1StringView(name)).toDouble() >= 0, "send, wait and receive must not be -1");
        require(std::abs(sum - total) < 0.01, "entry.time is not the sum of its timings");
    }
    void checkMessage(const QJsonObject &message)
    {
        strings(message, "message", {"type", "data"});
        numbers(message, "message", {"time", "opcode"});
        const QString type = message[u"type"].toString();
        require(type == u"send" || type == u"receive", "message.type is neither send nor receive");
        const double seconds = message[u"time"].toDouble();
        const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
        require(seconds > now - 3600 && seconds < now + 3600, "message.time is not in seconds since 1970");
    }

    QString m_problem;
};

} // namespace

QString harProblem(const QByteArray &file)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file, &error);
    if (error.error != QJsonParseError::NoError)
        return error.errorString();
    HarChecker checker;
    checker.checkLog(document.object()[u"log"].toObject());
    return checker.problem();
}

} // namespace sockeye::test
