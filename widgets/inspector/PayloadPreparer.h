#pragma once

#include "base/Job.h"
#include "decode/JsonNodes.h"
#include "document/EntryDetails.h"
#include "widgets/payload/PayloadText.h"

#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace sockeye {

class CaptureLoader;

/// The ways in which a text is shown.
struct PreparedPayload
{
    PreparedText plain;
    /// JSON, a line for each member; none if there is no JSON in the text, none yet, or too much of it.
    std::optional<PreparedText> formatted;
    std::shared_ptr<const NodeTree> tree;
    /// The text is one JSON value and nothing else.
    bool isJson = false;

    [[nodiscard]] static PreparedPayload from(const QByteArray &payload, bool mayBeJson, const GoOn &goOn = {});
    /// Without `formatted` if that takes longer than a frame.
    [[nodiscard]] static PreparedPayload atOnce(const QByteArray &payload, bool mayBeJson);

private:
    [[nodiscard]] static PreparedPayload make(const QByteArray &payload, bool mayBeJson, const GoOn &goOn,
                                              qsizetype maxFormatted);
};

/// Makes texts ready to be shown: short ones at once, others in the background, and of a JSON text that was cut the
/// whole of it up to MaxJsonPayload, which it reads once the text has been shown for a moment. The latest wins.
class PayloadPreparer final : public QObject
{
    Q_OBJECT

public:
    explicit PayloadPreparer(QObject *parent = nullptr);
    ~PayloadPreparer() override;

    /// The loader is where the rest of a text that was cut is read; null for nowhere.
    void prepare(const EntryDetails &details, CaptureLoader *loader);
    void cancel();

Q_SIGNALS:
    /// Emitted at once for a short text. Of a text that was cut the part that was read comes first, as it is, and once
    /// more when the whole of it has been formatted.
    void prepared(const sockeye::EntryDetails &details, const sockeye::PreparedPayload &payload);
    /// How much of the whole text has been formatted, in percent; 100 when there is no more to wait for.
    void progressed(int percent);

private:
    void readWhole();
    void format(const EntryDetails &details, const QByteArray &payload);

    QPointer<CaptureLoader> m_loader;
    /// Whose whole text is to be read next, and whether another one is on its way.
    std::optional<EntryDetails> m_wanted;
    bool m_isReading = false;
    PreparedText m_plain;
    /// While the log follows a fast feed, no text stays long enough to be worth it.
    QTimer m_pause;
    quint64 m_generation = 0;
    JobRunner m_job;
};

} // namespace sockeye
