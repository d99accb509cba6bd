#pragma once

namespace sockeye {

class CaptureLibrary;
class Clock;
class Prompts;
class RecordingCloser;
class Settings;

/// What a tab needs of its surroundings; all of it outlives the tab.
struct TabServices
{
    const CaptureLibrary &library;
    const Clock &clock;
    RecordingCloser &closer;
    Settings &settings;
    Prompts &prompts;
};

} // namespace sockeye
