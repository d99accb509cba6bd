#pragma once

#include "base/Job.h"
#include "exchange/Exporter.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace sockeye {

class PathField;
class Prompts;
class Settings;

/// Exports a capture: format, file, and whether secrets are kept; how many would be masked in messages is told before
/// anything is written. It works in the background, shows how far it is, and
/// can be cancelled; an existing file is replaced only by a complete one.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `query` is the log's filter; one that matches all offers no choice. Settings and prompts outlive the dialog.
    ExportDialog(const QString &capture, const EntryQuery &query, Settings &settings, Prompts &prompts,
                 QWidget *parent = nullptr);
    ~ExportDialog() override;

    void reject() override;

Q_SIGNALS:
    void exported(const QString &target);

private:
    void build();
    [[nodiscard]] const Exporter *exporter() const;
    void changeFormat();
    void countSecrets();
    void showCount(const Result<qint64> &count);
    void start();
    void run();
    void showProgress(qint64 done, qint64 total);
    void end(const Result<> &result);
    void setRunning(bool running);

    QString m_capture;
    EntryQuery m_query;
    Settings &m_settings;
    Prompts &m_prompts;
    QComboBox *m_format;
    PathField *m_target;
    QCheckBox *m_secrets;
    QCheckBox *m_maskPayloads;
    QLabel *m_masking;
    QCheckBox *m_filtered;
    QCheckBox *m_csvSafe;
    QCheckBox *m_csvByteOrderMark;
    QProgressBar *m_progress;
    QLabel *m_message;
    QPushButton *m_start = nullptr;
    JobRunner m_count;
    JobRunner m_job;
};

} // namespace sockeye
