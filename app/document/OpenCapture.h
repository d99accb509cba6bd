#pragma once

#include "base/Pace.h"
#include "base/StrongId.h"
#include "record/Annotation.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

namespace sockeye {

class AnnotationFile;
class Annotations;
class CaptureLoader;
class CaptureSource;
struct CaptureIdentity;
class LogModel;
class RequestReader;
class TimelineModel;

/// A capture that is open: what is read of it, the models of its log and its timeline, and its annotations. Follows its
/// source, so that a recording, a merge and a file are shown alike. Lives in the window's thread; reads in others.
class OpenCapture final : public QObject
{
    Q_OBJECT

public:
    /// Begins to read; the source's file exists (CaptureSource::isCreated()), and the source outlives the capture.
    explicit OpenCapture(CaptureSource &source, QObject *parent = nullptr);
    /// Emits aboutToClose() while all is still there.
    ~OpenCapture() override;

    [[nodiscard]] CaptureSource &source() const { return m_source; }
    [[nodiscard]] QString path() const;
    /// Which capture it is, whatever stands at the path later on; known from opened() on.
    [[nodiscard]] const CaptureIdentity &identity() const;
    [[nodiscard]] CaptureLoader &loader() const { return *m_loader; }
    [[nodiscard]] LogModel &model() const { return *m_model; }
    [[nodiscard]] TimelineModel &timeline() const { return *m_timeline; }
    [[nodiscard]] Annotations &annotations() const { return *m_annotations; }
    /// Which messages ask and which answer; reads while anybody wants it.
    [[nodiscard]] RequestReader &requests() const { return *m_requests; }

    /// Whether anybody looks at it. While nobody does, log and timeline do not grow with their source; the next look
    /// brings what has come meanwhile. Watched at first.
    void setWatched(bool watched) { m_growth.setResting(!watched); }

    /// Names for connections that tell from which of several captures they come; empty for one capture.
    void setLaneNames(const QHash<ConnectionId, QString> &names);
    /// What each connection is called, by its URL and its lane, in the order of their ids; empty for an id that none
    /// has. Read in the background, and only the first MaxConnectionNames.
    [[nodiscard]] const QStringList &connectionNames() const { return m_connectionNames; }
    static constexpr int MaxConnectionNames = 1000;

Q_SIGNALS:
    /// Emitted when the file has been opened; the models know its last entry.
    void opened(sockeye::EntryId last);
    /// Emitted when something cannot be read or written; says what.
    void failed(const QString &message);
    /// Emitted when annotations could not be written and have been taken back; says why.
    void annotationsLost(const QString &message);
    void connectionNamesChanged();
    /// Emitted before the models go: whoever shows them must let go of them.
    void aboutToClose();

private:
    void followSource();
    void takeGrowth();
    void takeBack(const QString &message, const AnnotationMap &lost);
    void takeMarks();
    void readConnectionNames();

    CaptureSource &m_source;
    /// When log and timeline grow.
    Pace m_growth{Pace::Rows};
    /// The source's last entry.
    EntryId m_last;
    QHash<ConnectionId, QString> m_laneNames;
    QStringList m_connectionNames;
    /// Connections often change several times in a row.
    QTimer m_namesPause;
    // In this order: the models and the annotations read through the loader.
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<AnnotationFile> m_annotationFile;
    std::unique_ptr<Annotations> m_annotations;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<TimelineModel> m_timeline;
    std::unique_ptr<RequestReader> m_requests;
};

} // namespace sockeye
